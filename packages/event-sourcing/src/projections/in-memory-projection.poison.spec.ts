import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { createInMemoryProjection } from './in-memory-projection';
import { logAfter } from '../testing/conformance/events';
import { createWriter, notes } from '../testing/sample-notes';

describe('a poison event', () => {
  it('parks its partition with a reason that does not repeat it, and counts what waits behind it', async () => {
    const store = createInMemoryEventStore();
    const write = createWriter(store);
    await write({ stream: 'a', entries: ['readable', 'unreadable', 'readable', 'unwanted', 'unlucky'] });
    await write({ stream: 'b', entries: ['unlucky'] });
    await write({ stream: 'c', entries: ['readable'] });
    const projection = createInMemoryProjection(store, notes);
    await projection.catchUp();
    const [, unreadable, , , , first] = await logAfter(store, undefined);
    expect(projection.parked()).toEqual([
      {
        partition: 'a',
        position: unreadable?.position,
        stream: 'a',
        type: 'Noted',
        reason: 'number: expected number, found a string of 16 characters.',
        held: 2,
      },
      {
        partition: 'b',
        position: first?.position,
        stream: 'b',
        type: 'Noted',
        reason: 'handling failed with RangeError',
        held: 0,
      },
    ]);
    expect(['a', 'b', 'c'].map(projection.isParked)).toEqual([true, true, false]);
    expect(projection.state()).toEqual({ a: [100], c: [106] });
  });

  it('is poison also when what handling throws is no error', async () => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: ['readable'] });
    const projection = createInMemoryProjection(store, {
      ...notes,
      handle: () => {
        // Handlers are written by others, and JavaScript lets them throw anything.
        const thrown: unknown = 'anna@example.com';
        throw thrown;
      },
    });
    await projection.catchUp();
    expect(projection.parked()).toMatchObject([{ partition: 'a', reason: 'handling failed' }]);
  });
});
