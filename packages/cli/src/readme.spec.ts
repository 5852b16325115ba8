// The commands of README.md, run.
import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { answerTo, story, writtenFile } from './testing/written-file';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

it('every command of the quick start works', async () => {
  const { file, discard } = await writtenFile(
    (arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!,
  );
  const lines = readme.split('\n').filter((line) => line.startsWith('mandate '));
  expect(lines).toHaveLength(6);
  for (const line of lines) {
    const parameters = line
      .split(' ')
      .slice(1)
      .map(
        (word) =>
          ({ CONTRACT: story.contractId, DATA_SET: story.dataSetId, 'history.sqlite': file })[word] ?? word,
      );
    expect(await answerTo(parameters)).toMatchObject({ code: 0, complaints: '' });
  }
  discard();
});
