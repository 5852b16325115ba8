import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { newEvent, newEvents } from '../testing/new-events';
import { failing, silence } from '../testing/protocol-server/faults';
import { statuses } from '../testing/protocol-server/statuses';
import { withStore } from '../testing/store-on-server';

describe('an append that cannot be helped', () => {
  it('is unavailable for good when access is denied', async () => {
    await withStore({}, async ({ server, store }) => {
      server.faults.plan('append', { before: failing(statuses.accessDenied()) });
      await expect(store.append('order-1', 'no-stream', newEvents(1))).rejects.toMatchObject({
        failure: { kind: 'unavailable', retryable: false },
      });
    });
  });

  it('is too large by the limit of the server, where that is lower than the one given', async () => {
    await withStore({ server: { appendBytesMax: 2_000 } }, async ({ store }) => {
      const event = newEvent({ data: { text: 'x'.repeat(3_000) } });
      await expect(store.append('order-1', 'no-stream', [event])).rejects.toMatchObject({
        failure: { kind: 'too-large', limitBytes: 2_000 },
      });
    });
  });

  it('is too large before it is sent, with all that servers since 24.10 count', async () => {
    await withStore({ store: { appendBytesMax: 2_000 } }, async ({ server, store }) => {
      const before = server.log.events.length;
      const events = newEvents(10).map((event) => ({ ...event, type: 'T'.repeat(100) }));
      await expect(store.append('order-1', 'no-stream', events)).rejects.toMatchObject({ code: 'too-large' });
      expect(server.log.events.length).toBe(before);
    });
  });

  it('meets a closed stream where the name was deleted for good', async () => {
    await withStore({}, async ({ client, store }) => {
      await store.append('order-1', 'no-stream', newEvents(2));
      await client.tombstoneStream('order-1');
      await expect(store.append('order-1', 2, newEvents(1))).rejects.toMatchObject({ code: 'stream-closed' });
      expect(await store.readStream('order-1')).toEqual({ events: [], next: 0, atEnd: true });
    });
  });
});

describe('a repeated append', () => {
  it('returns the same position, also where the server does not say it', async () => {
    await withStore({ server: { tellsPositionOfRepetition: false } }, async ({ store }) => {
      const events = newEvents(2);
      const first = await store.append('order-1', 'no-stream', events);
      await store.append('order-1', 2, newEvents(1));
      await expect(store.append('order-1', 'no-stream', events)).resolves.toEqual(first);
    });
  });

  it('may be one, whenever it succeeds: the server does not tell', async () => {
    await withStore({}, async ({ store }) => {
      await expect(store.append('order-1', 'no-stream', newEvents(1))).resolves.toMatchObject({
        mayBeRepetition: true,
      });
    });
  });
});

describe('what is stored beside the data', () => {
  it('has the names by which the server’s own projections find it', async () => {
    await withStore({}, async ({ server, store }) => {
      const event = newEvent();
      await store.append('order-1', 'no-stream', [event]);
      const { metadata } = server.log.events.find(({ id }) => id === event.eventId) ?? {};
      expect(JSON.parse(Buffer.from(metadata ?? []).toString())).toEqual({
        commandId: event.metadata.commandId,
        $correlationId: event.metadata.correlationId,
        $causationId: event.metadata.causationId,
        actor: 'tester',
        schemaVersion: 1,
      });
    });
  });
});

describe('closing', () => {
  it('ends at once when nothing is on its way, and in time when something hangs', async () => {
    await withStore({ store: { attemptMs: 200, deadlineMs: 5_000 } }, async ({ server, store }) => {
      server.faults.decide = () => ({ before: silence });
      const hanging = store.append('order-1', 'no-stream', newEvents(1)).catch((error: unknown) => error);
      const waiting = store.append('order-1', 1, newEvents(1)).catch((error: unknown) => error);
      await pause(50);
      const startedAt = performance.now();
      await store.close();
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(await hanging).toMatchObject({ code: 'outcome-unknown' });
      expect(await waiting).toMatchObject({ code: 'store-closed' });
    });
  });
});
