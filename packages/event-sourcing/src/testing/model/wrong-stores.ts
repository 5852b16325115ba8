import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, RecordedEvent, SubscriptionBatch } from '../../event-store/event-store';
import { EventStoreError } from '../../event-store/event-store-error';
import { placeOf, positionOf, type StoreId } from '../../event-store/position';
import { subscribeByPages } from '../../event-store/subscription';
import { changed } from '../mutations';
import type { SharedMemory } from './shared-memory';

/** What a wrong store has done when its handle is opened, and does otherwise than a right one. */
export interface WrongStore {
  readonly mutate: (handle: {
    readonly store: EventStore;
    readonly memory: SharedMemory;
    /** How many handles were opened before this one. */
    readonly life: number;
  }) => Partial<EventStore>;
  readonly onCrash?: (memory: SharedMemory) => Promise<void>;
}

const versionIn = async (store: EventStore, stream: string): Promise<number> =>
  (await store.readStream(stream)).events.length;

const crashing: Readonly<Record<string, WrongStore>> = {
  'loses the last append at a crash': {
    mutate: () => ({}),
    onCrash: (memory) => memory.forgetLastAppend(),
  },
  'writes half of a batch when it crashes': {
    mutate: ({ store }) => ({
      append: async (stream, expected, events) => {
        let result = await store.append(stream, expected, events.slice(0, 1));
        for (const event of events.slice(1)) {
          await nextTurn();
          result = await store.append(stream, result.version, [event]);
        }
        return result;
      },
    }),
  },
  'forgets after a restart which appends it has seen': {
    mutate: ({ store, memory }) => {
      const known = new Set(memory.journal.flatMap(([, , events]) => events.map(({ eventId }) => eventId)));
      return {
        append: async (stream, expected, events) => {
          const actual = await versionIn(store, stream);
          if (events.some(({ eventId }) => known.has(eventId)) && actual !== expected) {
            throw new EventStoreError({ kind: 'version-conflict', stream, expected, actual });
          }
          return store.append(stream, expected, events);
        },
      };
    },
  },
  'has another id after a restart': {
    mutate: ({ store, life }) => ({ storeId: `${store.storeId}-${life}` as StoreId }),
  },
  'shows erased streams again after a restart': {
    mutate: ({ memory, life }) => {
      if (life > 0) memory.erased.clear();
      return {};
    },
  },
};

const subscribing: Readonly<Record<string, WrongStore>> = {
  'repeats an event to a subscriber after a restart': {
    mutate: ({ store, life }) => ({
      subscribe: (options) => {
        const [place = 0n] = options?.after === undefined ? [] : placeOf(options.after);
        const after = life === 0 || place < 2n ? options?.after : positionOf(store.storeId, place - 1n);
        return store.subscribe({ ...options, after });
      },
    }),
  },
  'shows erased events to a subscriber that was there before': {
    mutate: ({ memory }) => ({
      subscribe: (options = {}) => {
        const hidden = new Set(memory.erased);
        const readAll: EventStore['readAll'] = (request = {}) => memory.readAll(request, hidden);
        return subscribeByPages({ readAll }, options, memory.untilGrown);
      },
    }),
  },
  'says that it has caught up before the last event': {
    mutate: ({ store }) => ({
      subscribe: (options) =>
        changed(store.subscribe(options), (batch): readonly SubscriptionBatch[] => {
          if (batch.kind !== 'events' || batch.events.length < 2) return [batch];
          const events = batch.events.slice(0, -1);
          const { position: next } = events.at(-1) as RecordedEvent;
          return [
            { kind: 'events', events, next },
            { kind: 'caught-up', next },
            { ...batch, events: batch.events.slice(-1) },
          ];
        }),
    }),
  },
  'shares every batch among its subscribers': {
    mutate: ({ store }) => {
      let subscribers = 0;
      return {
        subscribe: (options) => {
          const own = (subscribers += 1);
          return changed(store.subscribe(options), (batch) => {
            if (batch.kind !== 'events' || subscribers < 2) return [batch];
            const events = batch.events.filter((_, index) => index % subscribers === own % subscribers);
            return events.length === 0 ? [] : [{ ...batch, events }];
          });
        },
      };
    },
  },
  'wakes no subscriber when another process appends': {
    mutate: ({ store, life }) => {
      const sleepers = new Set<() => void>();
      return {
        append: async (...request) => {
          const result = await store.append(...request);
          sleepers.forEach((wake) => {
            wake();
          });
          return result;
        },
        subscribe: (options = {}) =>
          life === 0
            ? store.subscribe(options)
            : subscribeByPages(
                store,
                options,
                (_, signal) =>
                  new Promise((wake) => {
                    sleepers.add(wake);
                    signal?.addEventListener('abort', () => {
                      wake();
                    });
                  }),
              ),
      };
    },
  },
};

const sharing: Readonly<Record<string, WrongStore>> = {
  'reads what was there when it was opened, and what it wrote itself': {
    mutate: ({ store, memory }) => {
      const others = memory.journal.length;
      const own = new Set<string>();
      const known = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
        const first = memory.journal.slice(0, others).flatMap(([, , batch]) => batch);
        const ids = new Set([...own, ...first.map(({ eventId }) => eventId)]);
        return events.filter(({ eventId }) => ids.has(eventId));
      };
      return {
        append: async (stream, expected, events) => {
          const result = await store.append(stream, expected, events);
          events.forEach(({ eventId }) => own.add(eventId));
          return result;
        },
        readAll: async (options) => {
          const page = await store.readAll(options);
          return { ...page, events: known(page.events) };
        },
      };
    },
  },
  'looks at the version, and writes a moment later': {
    mutate: ({ store }) => ({
      append: async (stream, expected, events) => {
        const version = await versionIn(store, stream);
        if (version !== (expected === 'no-stream' ? 0 : expected))
          return store.append(stream, expected, events);
        await nextTurn();
        return store.append(stream, await versionIn(store, stream), events);
      },
    }),
  },
  'passes over the rest of the log behind a filtered page': {
    mutate: ({ store }) => ({
      readAll: async (options) => {
        const page = await store.readAll(options);
        if (options?.filter?.types === undefined || page.atHead) return page;
        return { ...page, next: (await store.readAll({ limit: 1_000_000 })).next };
      },
    }),
  },
};

/** Mistakes of durable stores, by what such a store then does. */
export const wrongStores: readonly (readonly [what: string, wrong: WrongStore])[] = Object.entries({
  ...crashing,
  ...subscribing,
  ...sharing,
});
