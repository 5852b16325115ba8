import assert from 'node:assert/strict';
import fc, { type Parameters as RunParameters } from 'fast-check';
import { isWanted } from '../event-store/event-filter';
import type {
  EventFilter,
  EventStore,
  EventToAppend,
  RecordedEvent,
  Version,
} from '../event-store/event-store';
import type { EventStoreFailure } from '../event-store/event-store-error';
import type { Instant } from '../values/instant';
import type { CreateEventStoreHarness, EventStoreHarness } from './conformance-test';
import { asGiven, newEvent, wholeStream } from './conformance/events';
import { followToHead } from './conformance/follow';
import { refusesWith } from './conformance/refusal';
import { operations, type Operation } from './model-operations';

interface Append {
  readonly stream: string;
  readonly expected: Version;
  readonly events: readonly EventToAppend[];
}

/** The store under test beside a plain list of what it should hold. */
class ModelRun {
  /** The whole log as the store recorded it; what is erased leaves the list. */
  #log: readonly RecordedEvent[] = [];
  readonly #erased = new Set<string>();
  readonly #appends: Append[] = [];
  readonly #harness: EventStoreHarness;
  #store: EventStore;

  constructor(harness: EventStoreHarness, store: EventStore) {
    this.#harness = harness;
    this.#store = store;
  }

  async do(operation: Operation): Promise<void> {
    switch (operation.type) {
      case 'append':
        return this.#append(operation);
      case 'repeat':
        return this.#repeat(operation);
      case 'reuse-event-id':
        return this.#reuseEventId(operation);
      case 'read-stream':
        return this.#readStream(operation);
      case 'read-log':
        return this.#readLog(operation);
      case 'follow':
        return this.#follow(operation);
      case 'erase':
        return this.#erase(operation.stream);
      case 'reopen':
        return this.#reopen();
    }
  }

  /** Everything at once: the log, every stream, and what a subscription from the beginning shows. */
  async checkAll(): Promise<void> {
    await this.#readLog({ after: 0, limit: 1000, types: undefined, streamPrefix: undefined });
    await this.#follow({ after: 0, types: undefined });
    for (const stream of new Set(this.#log.map((event) => event.stream))) {
      assert.deepEqual(await wholeStream(this.#store, stream), this.#streamOf(stream));
    }
  }

  async close(): Promise<void> {
    await this.#store.close();
  }

  #streamOf(stream: string): readonly RecordedEvent[] {
    return this.#log.filter((event) => event.stream === stream);
  }

  async #append({ stream, miss, eventTypes, note }: Operation & { type: 'append' }): Promise<void> {
    const expected = Math.max(0, this.#streamOf(stream).length + miss);
    const events = eventTypes.map((type, index) => newEvent({ type, data: { note, index } }));
    await this.#expectAppend({ stream, expected, events });
  }

  async #expectAppend(append: Append): Promise<void> {
    const { stream, expected, events } = append;
    const existing = this.#streamOf(stream);
    const attempt = this.#store.append(stream, expected === 0 ? 'no-stream' : expected, events);
    if (this.#erased.has(stream)) return this.#expectRefusal(attempt, 'stream-closed');
    if (existing.length !== expected) return this.#expectRefusal(attempt, 'version-conflict');
    const result = await attempt;
    const recorded = (await wholeStream(this.#store, stream)).slice(expected);
    assert.deepEqual(recorded.map(asGiven), events);
    assert.equal(result.version, expected + events.length);
    assert.equal(result.position, recorded.at(-1)?.position);
    this.#log = [...this.#log, ...recorded];
    this.#appends.push(append);
  }

  async #expectRefusal(attempt: Promise<unknown>, kind: EventStoreFailure['kind']): Promise<void> {
    await refusesWith(attempt, kind);
  }

  async #repeat({ which, isExtended }: Operation & { type: 'repeat' }): Promise<void> {
    const append = this.#appends[which % Math.max(1, this.#appends.length)];
    if (append === undefined) return;
    const { stream, expected, events } = append;
    if (isExtended || this.#erased.has(stream)) {
      return this.#expectAppend({ ...append, events: [...events, newEvent()] });
    }
    const last = this.#streamOf(stream)[expected + events.length - 1];
    assert.deepEqual(await this.#store.append(stream, expected, events), {
      version: last?.version,
      position: last?.position,
      mayBeRepetition: true,
    });
  }

  async #reuseEventId({ which, stream }: Operation & { type: 'reuse-event-id' }): Promise<void> {
    const known = this.#log[which % Math.max(1, this.#log.length)];
    if (known === undefined) return;
    const attempt = this.#store.append(stream, this.#streamOf(stream).length, [newEvent(), newEvent(known)]);
    await this.#expectRefusal(attempt, this.#erased.has(stream) ? 'stream-closed' : 'duplicate-event-id');
  }

  async #readStream({ stream, after, limit }: Operation & { type: 'read-stream' }): Promise<void> {
    const existing = this.#streamOf(stream);
    const from = after % (existing.length + 1);
    const page = await this.#store.readStream(stream, { after: from, limit });
    const events = existing.slice(from, from + limit);
    const next = from + events.length;
    assert.deepEqual(page, { events, next, atEnd: next === existing.length });
  }

  async #readLog({
    after,
    limit,
    types,
    streamPrefix,
  }: Omit<Operation & { type: 'read-log' }, 'type'>): Promise<void> {
    const filter: EventFilter = {
      ...(types && { types }),
      ...(streamPrefix !== undefined && { streamPrefix }),
    };
    const start = after % (this.#log.length + 1);
    const found: RecordedEvent[] = [];
    let from = this.#log[start - 1]?.position;
    for (;;) {
      const page = await this.#store.readAll({ after: from, limit, filter });
      assert.ok(page.events.length <= limit);
      found.push(...page.events);
      if (page.atHead) break;
      assert.notEqual(page.next, from);
      from = page.next;
    }
    assert.deepEqual(
      found,
      this.#log.slice(start).filter((event) => isWanted(filter, event)),
    );
  }

  async #follow({ after, types }: Omit<Operation & { type: 'follow' }, 'type'>): Promise<void> {
    const filter: EventFilter = types === undefined ? {} : { types };
    const start = after % (this.#log.length + 1);
    const options = { after: this.#log[start - 1]?.position, filter };
    const followed = await followToHead({ store: this.#store, patienceMs: 5000 }, options);
    assert.deepEqual(
      followed.events,
      this.#log.slice(start).filter((event) => isWanted(filter, event)),
    );
  }

  async #erase(stream: string): Promise<void> {
    if (!this.#store.capabilities.eraseStream) {
      return this.#expectRefusal(this.#store.eraseStream(stream), 'not-supported');
    }
    // Whether a name that was never used is closed by erasing it, the port leaves open.
    if (this.#streamOf(stream).length === 0) return;
    await this.#store.eraseStream(stream);
    this.#log = this.#log.filter((event) => event.stream !== stream);
    this.#erased.add(stream);
  }

  async #reopen(): Promise<void> {
    if (!this.#store.capabilities.durable) return;
    await this.#store.close();
    this.#store = await this.#harness.open();
  }
}

const runModel = async (
  createHarness: CreateEventStoreHarness,
  history: readonly Operation[],
): Promise<void> => {
  const harness = await createHarness(() => '2026-03-29T01:00:00.000Z' as Instant);
  const run = new ModelRun(harness, await harness.open());
  try {
    for (const operation of history) await run.do(operation);
    await run.checkAll();
  } finally {
    await run.close();
    await harness.dispose();
  }
};

/**
 * Lets a store and a plain list go through the same random histories of appends, repetitions, reads, erasures and
 * reopenings, and fails, with the shortest history and its seed, where they differ.
 */
export const assertEventStoreAgreesWithModel = async (
  createHarness: CreateEventStoreHarness,
  parameters: RunParameters<[readonly Operation[]]> = {},
): Promise<void> => {
  const property = fc.asyncProperty(operations, (history) => runModel(createHarness, history));
  await fc.assert(property, parameters);
};
