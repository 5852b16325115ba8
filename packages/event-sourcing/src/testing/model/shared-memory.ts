import { randomUUID } from 'node:crypto';
import type {
  AppendResult,
  EventStore,
  EventToAppend,
  ExpectedVersion,
  LogPage,
  ReadAllOptions,
} from '../../event-store/event-store';
import { EventStoreError } from '../../event-store/event-store-error';
import { createInMemoryEventStore } from '../../event-store/in-memory-event-store';
import { placeOf } from '../../event-store/position';
import { prepareAppend } from '../../event-store/prepared-append';
import { subscribeByPages, type UntilGrown } from '../../event-store/subscription';
import type { Clock } from '../../values/instant';

type Append = readonly [stream: string, expected: ExpectedVersion, events: readonly EventToAppend[]];

/** What a file is to a durable store: it outlives the handles that are opened on it. */
export class SharedMemory {
  readonly erased = new Set<string>();
  readonly journal: Append[] = [];
  readonly #sleepers = new Set<() => void>();
  readonly #clock: Clock;
  readonly #storeId: string;
  #log: EventStore;
  #head = 0n;

  constructor(clock: Clock, storeId: string = randomUUID()) {
    this.#clock = clock;
    this.#storeId = storeId;
    this.#log = this.#emptyLog();
  }

  get log(): EventStore {
    return this.#log;
  }

  #emptyLog(): EventStore {
    return createInMemoryEventStore({ clock: this.#clock, storeId: this.#storeId });
  }

  async append(...append: Append): Promise<AppendResult> {
    const result = await this.#log.append(...append);
    const [place = 0n] = placeOf(result.position);
    if (place <= this.#head) return result;
    this.#head = place;
    this.journal.push(append);
    this.wakeAll();
    return result;
  }

  async readAll(options: ReadAllOptions, hidden: ReadonlySet<string>): Promise<LogPage> {
    const page = await this.#log.readAll(options);
    return { ...page, events: page.events.filter(({ stream }) => !hidden.has(stream)) };
  }

  wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  readonly untilGrown: UntilGrown = (from, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      // Asleep first, and awake again if there is something already: nothing comes in between unnoticed.
      this.#sleepers.add(wake);
      signal?.addEventListener('abort', wake);
      const place = from === undefined ? 0n : placeOf(from)[0];
      if (signal?.aborted === true || place !== this.#head) wake();
    });

  /** Takes back the last append that anybody was told had happened. */
  async forgetLastAppend(): Promise<void> {
    const kept = this.journal.splice(0).slice(0, -1);
    [this.#log, this.#head] = [this.#emptyLog(), 0n];
    for (const append of kept) await this.append(...append);
  }
}

/** A handle on shared memory, and how to end it as the end of its process would. */
export interface MemoryHandle {
  readonly store: EventStore;
  readonly crash: () => void;
}

export const openSharedMemory = (memory: SharedMemory): MemoryHandle => {
  let [isClosed, hasCrashed] = [false, false];

  const requireOpen = (): void => {
    if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
    if (hasCrashed) throw new EventStoreError({ kind: 'unavailable', retryable: false, reason: 'crashed' });
  };

  const readAll: EventStore['readAll'] = async (options = {}) => {
    await Promise.resolve();
    requireOpen();
    return memory.readAll(options, memory.erased);
  };

  const store: EventStore = {
    storeId: memory.log.storeId,
    capabilities: { manyProcesses: true, durable: true, eraseStream: true },
    append: async (stream, expected, events) => {
      prepareAppend(stream, expected, events);
      await Promise.resolve();
      requireOpen();
      if (memory.erased.has(stream)) throw new EventStoreError({ kind: 'stream-closed', stream });
      return memory.append(stream, expected, events);
    },
    readStream: async (stream, options) => {
      await Promise.resolve();
      requireOpen();
      const page = await memory.log.readStream(stream, options);
      return memory.erased.has(stream) ? { events: [], next: options?.after ?? 0, atEnd: true } : page;
    },
    readAll,
    subscribe: (options = {}) =>
      subscribeByPages({ readAll }, options, async (from, signal) => {
        if (!isClosed) await memory.untilGrown(from, signal);
      }),
    eraseStream: async (stream) => {
      await Promise.resolve();
      requireOpen();
      memory.erased.add(stream);
    },
    close: async () => {
      await Promise.resolve();
      isClosed = true;
      memory.wakeAll();
    },
  };
  return { store, crash: () => (hasCrashed = true) };
};
