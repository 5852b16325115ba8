import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from './event-store';
import { createInMemoryEventStore } from './in-memory-event-store';
import { readWholeStream } from './read-whole-stream';
import { idsOf, newEvents } from '../testing/conformance/events';

/** A store whose pages hold fewer events than were asked for, as a server's may. */
const withPagesOf = (store: EventStore, size: number): Pick<EventStore, 'readStream'> => ({
  readStream: (stream, options) => store.readStream(stream, { ...options, limit: size }),
});

describe('reading a whole stream', () => {
  it('yields every event after a version once, in order, however the pages fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat({ max: 13 }),
        async (count, pageSize, after) => {
          const store = createInMemoryEventStore();
          const events = newEvents(count);
          await store.append('a', 'no-stream', events);
          const found: unknown[] = [];
          for await (const event of readWholeStream(withPagesOf(store, pageSize), 'a', after)) {
            found.push(event.eventId);
          }
          expect(found).toEqual(idsOf(events).slice(after));
        },
      ),
    );
  });

  it('yields nothing of a stream that does not exist', async () => {
    const found: unknown[] = [];
    for await (const event of readWholeStream(createInMemoryEventStore(), 'a')) found.push(event);
    expect(found).toEqual([]);
  });
});
