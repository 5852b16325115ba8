import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import type { CreateEventStoreHarness } from './conformance-test';
import { assertEventStoreAgreesWithModel } from './event-store-model';
import { mutations, type Mutation } from './mutations';

const mutated =
  (mutate: Mutation): CreateEventStoreHarness =>
  (clock) =>
    Promise.resolve({
      open: () => {
        const store = createInMemoryEventStore({ clock });
        return Promise.resolve({ ...store, ...mutate(store) });
      },
      dispose: () => Promise.resolve(),
    });

const mistakesItMustFind = [
  'writes whatever version is expected',
  'takes a known event id in another stream',
  'returns the version before the append',
  'says of every page of a stream that it is the last',
  'reads a stream from one event too early',
  'says of every page of the log that it is the last',
  'takes a beginning of a name in any case',
  'says that it is durable, and is not',
];

describe('the in-memory event store', () => {
  it('agrees with a plain list over random histories', async () => {
    await expect(
      assertEventStoreAgreesWithModel(
        mutated(() => ({})),
        { numRuns: 200 },
      ),
    ).resolves.toBeUndefined();
  });
});

describe('random histories', () => {
  it.each(mutations.filter(([what]) => mistakesItMustFind.includes(what)))(
    'find out a store that %s',
    async (_, mutate) => {
      const checking = assertEventStoreAgreesWithModel(mutated(mutate), { numRuns: 300, endOnFailure: true });
      await expect(checking).rejects.toThrow('Property failed');
    },
  );
});
