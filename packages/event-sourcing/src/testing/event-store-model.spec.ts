import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import type { CreateEventStoreHarness } from './conformance-test';
import { assertEventStoreAgreesWithModel, type EventStoreModelOptions } from './event-store-model';
import { openSharedMemory, SharedMemory, type MemoryHandle } from './model/shared-memory';
import { wrongStores, type WrongStore } from './model/wrong-stores';
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

/** Handles on memory that outlives them, which may be opened by many and crash. */
const shared =
  ({ mutate, onCrash }: WrongStore): CreateEventStoreHarness =>
  (clock) => {
    const memory = new SharedMemory(clock);
    const handles = new Map<unknown, MemoryHandle>();
    return Promise.resolve({
      open: () => {
        const handle = openSharedMemory(memory);
        const { store } = handle;
        const opened = { ...store, ...mutate({ store, memory, life: handles.size }) };
        handles.set(opened, handle);
        return Promise.resolve(opened);
      },
      crash: async (opened) => {
        handles.get(opened)?.crash();
        await onCrash?.(memory);
      },
      dispose: () => Promise.resolve(),
    });
  };

const right: WrongStore = { mutate: () => ({}) };

describe('random histories', () => {
  it('find nothing wrong with the in-memory store', async () => {
    const createHarness = mutated(() => ({}));
    await expect(assertEventStoreAgreesWithModel(createHarness, { numRuns: 100 })).resolves.toBeUndefined();
  });

  it('find nothing wrong with a store that crashes, is shared and erases as it should', async () => {
    await expect(assertEventStoreAgreesWithModel(shared(right), { numRuns: 100 })).resolves.toBeUndefined();
  });
});

// What is planted is found by an expectation of the model, in so many histories.
const finding: EventStoreModelOptions = { numRuns: 200, endOnFailure: true, patienceMs: 150 };
const found = { cause: { code: 'ERR_ASSERTION' } };

// The model never asks for these: the conformance suite does.
const leftToTheConformanceSuite = [
  'sorts the members of data',
  'takes a position of another store',
  'takes a position beyond the head',
  'goes on after it was closed',
];

describe('random histories of a store in memory', () => {
  it.each(mutations.filter(([what]) => !leftToTheConformanceSuite.includes(what)))(
    'find out one that %s',
    async (_, mutate) => {
      const checking = assertEventStoreAgreesWithModel(mutated(mutate), finding);
      await expect(checking).rejects.toMatchObject(found);
    },
  );
});

describe('random histories of a store that is durable and shared', () => {
  it.each(wrongStores)('find out one that %s', async (_, wrong) => {
    await expect(assertEventStoreAgreesWithModel(shared(wrong), finding)).rejects.toMatchObject(found);
  });
});

describe('a history that a store does not survive', () => {
  const forgetful = shared(wrongStores.find(([what]) => what === 'loses the last append at a crash')![1]);
  const failureOf = (options: EventStoreModelOptions): Promise<string> =>
    assertEventStoreAgreesWithModel(forgetful, options).then(
      () => 'none',
      (error: unknown) => String(error),
    );
  const stepsIn = (failure: string): string => /Counterexample: \[(.*?) ?\/\*/s.exec(failure)?.[1] ?? failure;

  it('is shown as a few steps, in words', async () => {
    const failures = await Promise.all([1, 2, 3].map((seed) => failureOf({ seed, numRuns: 200 })));
    const append = String.raw`append (?:1 event \(A\)|3 events \(A, B, C\)) to [\w-]+ (?:at its version|while subscriber \d+ waits)`;
    const crash = String.raw`crash (?:and open again|\d turns after appending 1 event \(A\) to [\w-]+)`;
    const step = String.raw`(?:${append}|${crash})(?: \[other handle\])?`;
    const few = new RegExp(`^${step}(?:,${step}){0,2}$`);
    for (const failure of failures) expect(stepsIn(failure)).toMatch(few);
  });

  it('can be seen again by the seed, the path and the replay path that are shown', async () => {
    const failure = await failureOf({ seed: 4, numRuns: 200 });
    const [, path] = /path: "([^"]*)"/.exec(failure) ?? [];
    const [, replayPath] = /replayPath="([^"]*)"/.exec(failure) ?? [];
    const again = await failureOf({ seed: 4, path: path!, replayPath: replayPath!, endOnFailure: true });
    expect(failure).toContain('{ seed: 4, path: "');
    expect(again).toContain('Property failed after 1 tests');
    expect(stepsIn(again)).toBe(stepsIn(failure));
  });
});
