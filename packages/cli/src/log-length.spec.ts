import { expect, it } from '@jest/globals';
import { createInMemoryEventStore, derivedUuid, eventsToAppend, type Uuid } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { lengthOfLog } from './log-length';

const logOf = async (length: number) => {
  const store = createInMemoryEventStore({ clock: () => '2026-01-01T00:00:00.000Z' as never });
  const commandId = derivedUuid('a', '00000000-0000-4000-8000-000000000000' as Uuid);
  const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'test' };
  const events = Array.from({ length }, () => ({ type: 'Happened', schemaVersion: 1, data: {} }));
  if (length > 0) await store.append('stream-1', 'no-stream', eventsToAppend(events, metadata));
  return store;
};

it('is the last place of the log, also of an empty one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 130 }), async (length) => {
      expect(await lengthOfLog(await logOf(length))).toBe(length);
    }),
  );
});

it('of a log that cannot be read is a failure', async () => {
  const { storeId } = await logOf(1);
  const readAll = () => Promise.reject(new Error('The disk is gone.'));
  await expect(lengthOfLog({ storeId, readAll })).rejects.toThrow('The disk is gone.');
});
