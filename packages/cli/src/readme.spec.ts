// The commands of README.md, run.
import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { exitCodes } from './exit-codes';
import { sendAt, sendTimes } from './testing/send-log';
import { answerTo, story, writtenFile } from './testing/written-file';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

it('every command of the quick start works', async () => {
  const { file, discard } = await writtenFile(
    (arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!,
  );
  const lines = readme.split('\n').filter((line) => line.startsWith('mandate '));
  expect(lines).toHaveLength(7);
  const log = join(dirname(file), 'sends.jsonl');
  writeFileSync(log, sendAt(sendTimes.permitted).replace('"at"', '"sent_at"'));
  for (const line of lines) {
    const parameters = line
      .split(' ')
      .slice(1)
      .map(
        (word) =>
          ({
            'sends.jsonl': log,
            CONTRACT: story.contractId,
            DATA_SET: story.dataSetId,
            'history.sqlite': file,
          })[word] ?? word,
      );
    expect(await answerTo(parameters)).toMatchObject({ code: 0, complaints: '' });
  }
  discard();
});

it('every exit code stands in the table, and no other', () => {
  const table = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(table).toEqual(Object.values(exitCodes));
});
