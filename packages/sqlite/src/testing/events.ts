import { randomUUID } from 'node:crypto';
import type { EventToAppend, Uuid } from '@mandate/event-sourcing';

const newId = (): Uuid => randomUUID() as Uuid;

/** An event like no other, of the given data. */
export const newEvent = (data: EventToAppend['data'] = {}): EventToAppend => ({
  eventId: newId(),
  type: 'SomethingHappened',
  schemaVersion: 1,
  data,
  metadata: { commandId: newId(), correlationId: newId(), causationId: newId(), actor: 'tester' },
});
