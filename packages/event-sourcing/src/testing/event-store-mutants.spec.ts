import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { eventStoreConformanceTests } from './event-store-conformance';
import { mutations, type Mutation } from './mutations';

const titleOfFirstFailure = async (mutate: Mutation): Promise<string | undefined> => {
  for (const { title, run } of eventStoreConformanceTests) {
    const running = run({
      patienceMs: 400,
      createHarness: (clock) =>
        Promise.resolve({
          open: () => {
            const store = createInMemoryEventStore({ clock });
            return Promise.resolve({ ...store, ...mutate(store) });
          },
          dispose: () => Promise.resolve(),
        }),
    });
    const isPassed = await running.then(
      () => true,
      () => false,
    );
    if (!isPassed) return title;
  }
  return undefined;
};

describe('the conformance suite', () => {
  it('passes the in-memory store when nothing is changed about it', async () => {
    expect(await titleOfFirstFailure(() => ({}))).toBeUndefined();
  });

  it.each(mutations)('finds out a store that %s', async (_, mutate) => {
    expect(await titleOfFirstFailure(mutate)).toBeDefined();
  });
});
