import assert from 'node:assert/strict';
import {
  createInMemoryEventStore,
  defaultAppendLimits,
  EventStoreError,
  isEventStoreError,
  type AppendResult,
  type EventStore,
  type EventStoreFailure,
  type EventToAppend,
  type RecordedEvent,
} from '@mandate/event-sourcing';
import fc, { type Parameters as RunParameters } from 'fast-check';
import { bursts, type BurstCall } from './append-bursts';
import { newEvent } from './events';

interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EventToAppend[];
}

/** A call with everything that it depends on written out. */
type Request = ({ readonly type: 'append' } & Append) | { readonly type: 'erase'; readonly stream: string };

type Answer = { readonly result: AppendResult | undefined } | { readonly failure: EventStoreFailure };

const answerOf = (call: Promise<AppendResult | undefined>): Promise<Answer> =>
  call.then(
    (result) => ({ result }),
    (error: unknown) => {
      if (!isEventStoreError(error)) throw error;
      return { failure: error.failure };
    },
  );

const make = (store: EventStore, request: Request): Promise<AppendResult | undefined> =>
  request.type === 'erase'
    ? store.eraseStream(request.stream).then(() => undefined)
    : store.append(request.stream, request.expected, request.events);

const wholeLog = async (store: EventStore): Promise<readonly RecordedEvent[]> =>
  (await store.readAll({ limit: 1000 })).events;

const withoutTime = ({ recordedAt: _, ...event }: RecordedEvent): Omit<RecordedEvent, 'recordedAt'> => event;

/** The in-memory store, which does one thing after the other, and a list of what is erased from it. */
class BurstModel {
  readonly #store: EventStore;
  readonly #erased = new Set<string>();
  readonly #appends: Append[] = [];

  constructor(storeId: string) {
    this.#store = createInMemoryEventStore({ storeId });
  }

  async log(): Promise<readonly RecordedEvent[]> {
    return (await wholeLog(this.#store)).filter(({ stream }) => !this.#erased.has(stream));
  }

  async requestOf(call: BurstCall): Promise<Request> {
    if (call.type === 'erase') return { type: 'erase', stream: call.stream };
    const append = await this.#appendOf(call);
    this.#appends.push(append);
    return { type: 'append', ...append };
  }

  async answer(request: Request): Promise<Answer> {
    if (request.type === 'append') {
      const failure = { kind: 'stream-closed', stream: request.stream } as const;
      const { length } = request.events;
      const isValid = length > 0 && length <= defaultAppendLimits.eventsMax;
      const isClosed = isValid && this.#erased.has(request.stream);
      return answerOf(isClosed ? Promise.reject(new EventStoreError(failure)) : make(this.#store, request));
    }
    // Whether a name that was never used is closed by erasing it, the port leaves open; here it is not.
    if ((await this.#versionOf(request.stream)) > 0) this.#erased.add(request.stream);
    return { result: undefined };
  }

  async #versionOf(stream: string): Promise<number> {
    return (await this.#store.readStream(stream)).events.length;
  }

  async #appendOf(call: Exclude<BurstCall, { readonly type: 'erase' }>): Promise<Append> {
    if (call.type === 'repeat') {
      const earlier = this.#appends[call.which % Math.max(1, this.#appends.length)];
      return earlier ?? { stream: 'a', expected: 0, events: [newEvent()] };
    }
    const actual = await this.#versionOf(call.stream);
    const expected = Math.max(0, actual + (call.type === 'append' ? call.miss : 0));
    return { stream: call.stream, expected, events: this.#eventsOf(call) };
  }

  #eventsOf(call: Exclude<BurstCall, { readonly type: 'erase' | 'repeat' }>): readonly EventToAppend[] {
    switch (call.type) {
      case 'append':
        return Array.from({ length: call.eventCount }, () => newEvent());
      case 'reuse-event-id': {
        const known = this.#appends.flatMap(({ events }) => events);
        const eventId = known[call.which % Math.max(1, known.length)]?.eventId;
        return Array.from({ length: call.eventCount }, (_, index) =>
          index === call.at % call.eventCount && eventId !== undefined
            ? { ...newEvent(), eventId }
            : newEvent(),
        );
      }
      case 'append-nothing':
        return [];
      case 'append-too-much':
        return Array.from({ length: 501 }, () => newEvent());
    }
  }
}

const runBursts = async (store: EventStore, plan: readonly (readonly BurstCall[])[]): Promise<void> => {
  const model = new BurstModel(store.storeId);
  for (const burst of plan) {
    const requests: Request[] = [];
    const expected: Answer[] = [];
    for (const call of burst) {
      const request = await model.requestOf(call);
      requests.push(request);
      expected.push(await model.answer(request));
    }
    const found = await Promise.all(requests.map((request) => answerOf(make(store, request))));
    assert.deepEqual(found, expected);
    const log = await wholeLog(store);
    assert.deepEqual(log.map(withoutTime), (await model.log()).map(withoutTime));
    const times = log.map(({ recordedAt }) => recordedAt);
    assert.deepEqual(times, times.toSorted());
  }
};

/**
 * Makes random bursts of calls at once, and fails, with the smallest plan and its seed, where an answer or the log
 * differs from what comes of making the same calls one after the other in the order of their arrival.
 */
export const assertBurstsAreLikeSingleCalls = async (
  openStore: () => Promise<EventStore>,
  parameters: RunParameters<[readonly (readonly BurstCall[])[]]> = {},
): Promise<void> => {
  const property = fc.asyncProperty(bursts, async (plan) => {
    const store = await openStore();
    try {
      await runBursts(store, plan);
    } finally {
      await store.close();
    }
  });
  await fc.assert(property, parameters);
};
