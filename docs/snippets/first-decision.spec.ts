import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstDecision } from './first-decision';

const regionOf = async (file: string): Promise<string> => {
  const source = await readFile(join(__dirname, file), 'utf8');
  const [, region] = /\/\/ #region [\w-]+\n([\s\S]*?)\/\/ #endregion/.exec(source) ?? [];
  return (region ?? '').trim();
};

describe('the first decision', () => {
  it('is a denial with its article: nothing is instructed yet', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mandate-'));
    try {
      expect(await firstDecision(folder)).toBe(
        'There is no contract with this id, so nothing may be done with its data. (GDPR Art. 28(3))',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stands in the README as it runs here', async () => {
    const readme = await readFile(join(__dirname, '../../README.md'), 'utf8');
    expect(readme).toContain(await regionOf('first-decision.ts'));
  });
});
