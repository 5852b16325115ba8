import type { EventStore, Position, RecordedEvent } from '@mandate/event-sourcing';

/** Everything that a store holds, in order. */
export const readWholeLog = async (store: Pick<EventStore, 'readAll'>): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let after: Position | undefined; ;) {
    const page = await store.readAll({ after });
    events.push(...page.events);
    after = page.next;
    if (page.atHead) return events;
  }
};
