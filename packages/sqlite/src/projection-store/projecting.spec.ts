import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';
import type { PlannedEnd } from '../testing/killing-driver';
import { createProjectingScene, streams, type Entry, type Writing } from '../testing/projecting-process';

const entries = fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Entry> }[]>(
  { weight: 9, arbitrary: fc.constant('readable') },
  { weight: 1, arbitrary: fc.constant('unwanted') },
  { weight: 1, arbitrary: fc.constantFrom<Entry[]>('unlucky', 'unreadable') },
);

const writings: fc.Arbitrary<Writing> = fc.record({
  stream: fc.constantFrom(...streams),
  entries: fc.array(entries, { minLength: 1, maxLength: 5 }),
});

const ends: fc.Arbitrary<PlannedEnd> = fc.record({
  statement: fc.integer({ min: 1, max: 110 }),
  when: fc.constantFrom('before', 'after'),
  isFinal: fc.boolean(),
});

const steps = fc.array(fc.record({ writing: writings, ends: fc.array(ends, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 6,
});

/** Lets processes project while they are killed, and compares what is known in the end with a fold in one go. */
const assertKillsChangeNothing = (numRuns: number, openDatabase?: OpenSqliteDatabase): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (all, batchSize) => {
      const scene = await createProjectingScene({
        batchSize,
        ...(openDatabase === undefined ? {} : { openDatabase }),
      });
      try {
        for (const step of all) {
          await scene.write(step.writing);
          for (const end of step.ends) await scene.project(end);
        }
        expect(await scene.settle()).toEqual(await scene.expected());
      } finally {
        await scene.dispose();
      }
    }),
    { numRuns, endOnFailure: true },
  );

/** Opens a projection store that writes without transactions: every statement is kept by itself. */
const withoutTransactions: OpenSqliteDatabase = (file) => {
  const database = openSqliteDatabase(file);
  let isForProjections = false;
  return {
    ...database,
    prepare: (sql) => {
      // Of the projection store itself, not of the migration before it.
      isForProjections ||= sql.includes('projection_document');
      return database.prepare(isForProjections && /^(?:BEGIN|COMMIT)/.test(sql) ? 'SELECT 1' : sql);
    },
  };
};

describe('projecting events of a file into the same file', () => {
  it('comes to what a fold in one go would, whatever history, whichever processes are killed', async () => {
    await assertKillsChangeNothing(40);
  });

  it('would not, if what belongs together were not written together', async () => {
    await expect(assertKillsChangeNothing(300, withoutTransactions)).rejects.toMatchObject({
      cause: { matcherResult: {} },
    });
  });

  it.each(['before', 'after'] as const)(
    'survives the end of a process %s any of its statements',
    async (when) => {
      const history: readonly Writing[] = [
        { stream: 'a', entries: ['readable', 'readable', 'unwanted'] },
        { stream: 'b', entries: ['readable', 'unlucky', 'readable'] },
        { stream: 'a', entries: ['readable'] },
      ];
      for (let statement = 1; ; statement += 1) {
        const scene = await createProjectingScene({ batchSize: 2 });
        for (const writing of history) await scene.write(writing);
        const statements = await scene.project({ statement, when, isFinal: true });
        expect(await scene.settle()).toEqual(await scene.expected());
        await scene.dispose();
        if (statements < statement) break;
      }
    },
  );
});
