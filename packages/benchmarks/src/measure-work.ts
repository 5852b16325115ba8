import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, type Comparison } from './comparing/comparison';
import type { Work, Workbench } from './comparing/work';
import type { ShownResult } from './showing/ratio-table';

/** Measures one work, checks that it was really done, and leaves nothing of it behind. */
export const measureWork = async (
  work: Work,
  workbench: Workbench,
  rounds: number,
): Promise<readonly ShownResult[]> => {
  const folder = await mkdtemp(join(workbench.folder, `${work.name}-`));
  try {
    const prepared = await work.prepare({ ...workbench, folder });
    try {
      const progress = workbench.progress(work.name, prepared.comparisons.length * (rounds + 1));
      const measured = async (comparison: Comparison): Promise<ShownResult> => ({
        result: await compare(comparison, rounds, () => progress.advance()),
        target: comparison.target,
      });
      const results: ShownResult[] = [];
      try {
        for (const comparison of prepared.comparisons) results.push(await measured(comparison));
      } finally {
        progress.end();
      }
      await prepared.check();
      return results;
    } finally {
      await prepared.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
};
