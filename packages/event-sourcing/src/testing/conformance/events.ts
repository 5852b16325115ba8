import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { EventStore, EventToAppend, RecordedEvent } from '../../event-store/event-store';
import type { Position } from '../../event-store/position';
import { readWholeStream } from '../../event-store/read-whole-stream';
import type { Uuid } from '../../values/uuid';

export const newId = (): Uuid => randomUUID() as Uuid;

/** An event like no other. */
export const newEvent = (given: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: newId(),
  type: 'SomethingHappened',
  schemaVersion: 1,
  data: { note: newId() },
  metadata: { commandId: newId(), correlationId: newId(), causationId: newId(), actor: 'tester' },
  ...given,
});

export const newEvents = (count: number): readonly EventToAppend[] =>
  Array.from({ length: count }, (_, index) => newEvent({ data: { number: index + 1 } }));

/** The one event of a batch of one, the first of a longer one. */
export const firstOf = <T>(items: readonly T[]): T => {
  const [first] = items;
  assert.ok(first !== undefined, 'Expected at least one, found none.');
  return first;
};

export const lastOf = <T>(items: readonly T[]): T => firstOf(items.slice(-1));

export const idsOf = (events: readonly { readonly eventId: Uuid }[]): readonly Uuid[] =>
  events.map(({ eventId }) => eventId);

/** Appends one batch to a stream that does not exist yet and returns its events as they were recorded. */
export const plant = async (
  store: EventStore,
  stream: string,
  count: number,
): Promise<readonly RecordedEvent[]> => {
  await store.append(stream, 'no-stream', newEvents(count));
  const planted = await wholeStream(store, stream);
  assert.equal(planted.length, count);
  return planted;
};

export const wholeStream = async (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of readWholeStream(store, stream)) events.push(event);
  return events;
};

/** What the caller gave, out of what the store returned. */
export const asGiven = ({ eventId, type, schemaVersion, data, metadata }: RecordedEvent): EventToAppend => ({
  eventId,
  type,
  schemaVersion,
  data,
  metadata,
});

/** Asserts that a stream holds exactly these events, in this order, with the versions 1, 2, 3 … */
export const assertStreamHolds = async (
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
): Promise<void> => {
  const found = await wholeStream(store, stream);
  assert.deepEqual(found.map(asGiven), events);
  assert.deepEqual(
    found.map(({ version }) => version),
    events.map((_, index) => index + 1),
  );
  assert.ok(
    found.every((event) => event.stream === stream),
    'Expected every event to name its stream.',
  );
};

/** The last position of the log, where later events will come after. */
export const headOf = async (store: EventStore): Promise<Position | undefined> => {
  let head: Position | undefined;
  for (;;) {
    const page = await store.readAll({ after: head });
    head = page.next;
    if (page.atHead) return head;
  }
};

/** All events of the log after a position, whoever wrote them. */
export const logAfter = async (
  store: EventStore,
  after: Position | undefined,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  let from = after;
  for (;;) {
    const page = await store.readAll({ after: from });
    events.push(...page.events);
    from = page.next;
    if (page.atHead) return events;
  }
};
