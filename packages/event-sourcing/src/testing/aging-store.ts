import fc, { type Arbitrary } from 'fast-check';
import type { EventStore, EventToAppend } from '../event-store/event-store';
import type { Instant } from '../values/instant';
import { openSharedMemory, SharedMemory } from './model/shared-memory';

/** What happens to a store in the course of the years. */
export type Ageing =
  | { readonly kind: 'erase'; readonly stream: string }
  /** An older backup takes its place, or all of it is copied; with a new identity, or (a mistake) with the old one. */
  | { readonly kind: 'restore'; readonly lost: number; readonly isRenamed: boolean };

export const streams = fc.constantFrom('a', 'b', 'c');

export const ageing: Arbitrary<Ageing> = fc.oneof(
  fc.record({ kind: fc.constant('erase' as const), stream: streams }),
  fc.record({ kind: fc.constant('restore' as const), lost: fc.nat({ max: 3 }), isRenamed: fc.boolean() }),
);

/** A store that is erased from, restored and copied, and is written to in between. */
export interface AgingStore {
  readonly store: () => EventStore;
  /** Appends to a stream, if it takes events still. */
  readonly append: (stream: string, events: readonly EventToAppend[]) => Promise<void>;
  readonly restore: (ageing: Ageing & { readonly kind: 'restore' }) => Promise<void>;
}

const clock = (): Instant => '2026-03-29T01:00:00.000Z' as Instant;

export const createAgingStore = (): AgingStore => {
  let ids = 0;
  let memory = new SharedMemory(clock, 'store-0');
  let { store } = openSharedMemory(memory);
  return {
    store: () => store,
    append: async (stream, events) => {
      if (memory.erased.has(stream)) return;
      const page = await store.readStream(stream);
      await store.append(stream, page.events.length, events);
    },
    restore: async ({ lost, isRenamed }) => {
      if (isRenamed) ids += 1;
      const { journal, erased } = memory;
      memory = new SharedMemory(clock, `store-${ids}`);
      for (const append of journal.slice(0, Math.max(0, journal.length - lost)))
        await memory.append(...append);
      // What was erased is erased again after a restore, before anything is served.
      for (const stream of erased) memory.erased.add(stream);
      ({ store } = openSharedMemory(memory));
    },
  };
};
