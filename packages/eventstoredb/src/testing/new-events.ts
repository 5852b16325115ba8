import { randomUUID } from 'node:crypto';
import type { EventToAppend, Uuid } from '@mandate/event-sourcing';

const newId = (): Uuid => randomUUID() as Uuid;

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
