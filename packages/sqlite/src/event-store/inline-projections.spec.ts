import { describe, expect, it } from '@jest/globals';
import type { AnyDocumentProjection, EventStore } from '@mandate/event-sourcing';
import { assertInlineProjectionsFollow } from '@mandate/event-sourcing/testing';
import fc from 'fast-check';
import { createInlineFile, type InlineFileOptions, type InlineWriting } from '../testing/inline-process';
import type { PlannedEnd } from '../testing/killing-driver';
import { streams, type Entry } from '../testing/projecting-process';
import { createTemporaryFolder } from '../testing/temporary-folder';
import { checkpointNotMoved, documentsAfterCommit, documentsOfRolledBack } from '../testing/inline-mutants';
import { openSqliteEventStore } from './sqlite-event-store';

const compare = (known: readonly unknown[], expected: readonly unknown[]): void => {
  expect(known).toEqual(expected);
};

const entries = fc.array(
  fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Entry> }[]>(
    { weight: 12, arbitrary: fc.constant('readable') },
    { weight: 1, arbitrary: fc.constant('unwanted') },
    { weight: 1, arbitrary: fc.constantFrom<Entry[]>('unlucky', 'unreadable') },
  ),
  { minLength: 1, maxLength: 3 },
);

const bursts: fc.Arbitrary<readonly InlineWriting[]> = fc.array(
  fc.record({
    stream: fc.constantFrom(...streams),
    entries,
    isRefused: fc.oneof(
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

const ends: fc.Arbitrary<PlannedEnd> = fc.record({
  statement: fc.integer({ min: 1, max: 120 }),
  when: fc.constantFrom('before', 'after'),
  isFinal: fc.boolean(),
});

const steps = fc.array(fc.tuple(bursts, fc.option(ends, { nil: undefined })), { minLength: 1, maxLength: 5 });

/** Lets processes append while they are killed, and compares the documents with a fold of the log each time. */
const assertKillsLeaveNothingHalf = (numRuns: number, mutate?: InlineFileOptions['mutate']): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const file = await createInlineFile({ compare, ...(mutate && { mutate }) });
      try {
        for (const [burst, end] of all) await file.append(burst, end);
      } finally {
        await file.dispose();
      }
    }),
    { numRuns, endOnFailure: true },
  );

describe('an inline projection in the file of the events', () => {
  it.each(['a file', 'memory'])(
    'knows after every append what a fold of the log would know (%s)',
    async (where) => {
      const createHarness = async () => {
        const folder = await createTemporaryFolder();
        const file = where === 'memory' ? ':memory:' : folder.pathOf('events.db');
        const elsewhere = (): Promise<EventStore> => openSqliteEventStore({ file, synchronous: 'normal' });
        return {
          open: (inline: readonly AnyDocumentProjection[]) =>
            openSqliteEventStore({ file, inline, synchronous: 'normal' }),
          ...(where === 'memory' ? {} : { openElsewhere: elsewhere }),
          dispose: folder.remove,
        };
      };
      await expect(assertInlineProjectionsFollow(createHarness, { numRuns: 60 })).resolves.toBeUndefined();
    },
  );

  it('is what the log is, whichever processes are killed at whichever statement', async () => {
    await assertKillsLeaveNothingHalf(60);
  });

  it.each([
    ['its documents were written when the events are there already', documentsAfterCommit],
    ['the documents of a batch were kept that is taken back', documentsOfRolledBack],
    ['its checkpoint did not move', checkpointNotMoved],
  ])('would not be, if %s', async (_, mutate) => {
    await expect(assertKillsLeaveNothingHalf(300, mutate)).rejects.toMatchObject({
      cause: { matcherResult: {} },
    });
  });

  it.each(['before', 'after'] as const)(
    'survives the end of a process %s any of its statements',
    async (when) => {
      const burst = (stream: string, ...of: readonly Entry[]): InlineWriting => ({
        stream,
        entries: of,
        isRefused: false,
      });
      for (let statement = 1; ; statement += 1) {
        const file = await createInlineFile({ compare });
        await file.append([burst('a', 'readable', 'readable')]);
        const planned = { statement, when, isFinal: true };
        const statements = await file.append(
          [
            burst('a', 'readable', 'unwanted'),
            { ...burst('b', 'readable'), isRefused: true },
            burst('b', 'readable', 'unlucky'),
          ],
          planned,
        );
        await file.append([burst('a', 'readable'), burst('c', 'readable')]);
        await file.dispose();
        if (statements < statement) break;
      }
    },
  );
});
