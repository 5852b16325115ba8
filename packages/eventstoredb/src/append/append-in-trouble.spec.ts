import { describe, expect, it } from '@jest/globals';
import { EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { openEventStoreDb } from '../event-store-db';
import { newEvents } from '../testing/new-events';
import { failing, pausing, silence, type CallFault } from '../testing/protocol-server/faults';
import { startProtocolServer, type ProtocolServer } from '../testing/protocol-server/protocol-server';
import { statuses } from '../testing/protocol-server/statuses';
import { withStore } from '../testing/store-on-server';

const ourEvents = ({ log }: ProtocolServer): readonly string[] =>
  log.events.filter(({ stream }) => /^[a-z]/.test(stream)).map(({ id }) => id);

const hasty = { attemptMs: 100, deadlineMs: 2_000 };

const passingTroubles: readonly (readonly [what: string, fault: CallFault])[] = [
  ['the connection breaks before it is written', { before: failing(statuses.connectionDropped()) }],
  ['the connection breaks after it was written', { after: failing(statuses.connectionDropped()) }],
  ['there is no answer, and nothing was written', { before: silence }],
  ['there is no answer, but it was written', { after: silence }],
  ['the answer comes late', { after: pausing(200) }],
  ['it is written late, after the next attempt', { before: pausing(150) }],
  ['a follower forwarded it in vain', { before: failing(statuses.forwardingTimeout()) }],
  [
    'a follower forwarded it, and did not learn what came of it',
    { after: failing(statuses.forwardingTimeout()) },
  ],
  ['the server shuts down', { after: failing(statuses.cancelled()) }],
  ['the server is not ready', { before: failing(statuses.notReady()) }],
  ['the stream of the call is reset', { after: failing(statuses.internal()) }],
  ['data is lost on the way', { after: failing(statuses.dataLoss()) }],
];

describe('an append that meets trouble', () => {
  it.each(passingTroubles)('is written once: %s', async (_, fault) => {
    await withStore({ store: hasty }, async ({ server, store }) => {
      const first = newEvents(2);
      const second = newEvents(3);
      server.faults.plan('append', {}, fault);
      await store.append('order-1', 'no-stream', first);
      await expect(store.append('order-1', 2, second)).resolves.toMatchObject({ version: 5 });
      // What is still on its way arrives before the end.
      await store.append('order-2', 'no-stream', newEvents(1));
      await pause(200);
      const found = await store.readStream('order-1');
      expect(found.events.map(({ eventId }) => eventId)).toEqual(
        [...first, ...second].map(({ eventId }) => eventId),
      );
      expect(ourEvents(server).length).toBe(6);
    });
  });

  it('is written once, also when the leader that saw it first is gone', async () => {
    await withStore({ store: hasty }, async ({ server, store }) => {
      server.faults.plan('append', { after: failing(statuses.connectionDropped()) });
      const appending = store.append('order-1', 'no-stream', newEvents(2));
      server.forgetIds();
      await expect(appending).resolves.toMatchObject({ version: 2 });
      expect(ourEvents(server).length).toBe(2);
    });
  });

  it('is a conflict when another one came first meanwhile', async () => {
    await withStore({ store: hasty }, async ({ server, store, open }) => {
      const rival = await open();
      server.faults.plan('append', { before: failing(statuses.connectionDropped()) });
      const appending = store.append('order-1', 'no-stream', newEvents(1));
      const overtaking = rival.append('order-1', 'no-stream', newEvents(3));
      const [late, early] = await Promise.allSettled([appending, overtaking]);
      expect(early.status).toBe('fulfilled');
      expect(late).toMatchObject({
        reason: { failure: { kind: 'version-conflict', expected: 'no-stream', actual: 3 } },
      });
    });
  });

  it('has an unknown outcome when nothing helps, and says so in time', async () => {
    await withStore({ store: { attemptMs: 100, deadlineMs: 400 } }, async ({ server, store }) => {
      server.faults.decide = () => ({ before: silence });
      const events = newEvents(2);
      const startedAt = performance.now();
      await expect(store.append('order-1', 'no-stream', events)).rejects.toMatchObject({
        failure: { kind: 'outcome-unknown', eventIds: events.map(({ eventId }) => eventId) },
      });
      expect(performance.now() - startedAt).toBeLessThan(800);
    });
  });

  it('is unavailable, and certainly not written, when nobody is the leader', async () => {
    await withStore({ store: { attemptMs: 1_000, deadlineMs: 1_200 } }, async ({ server, store }) => {
      server.faults.decide = () => ({ before: failing(statuses.notLeader('127.0.0.1', server.port())) });
      await expect(store.append('order-1', 'no-stream', newEvents(1))).rejects.toMatchObject({
        failure: { kind: 'unavailable', retryable: true },
      });
      expect(ourEvents(server)).toEqual([]);
    });
  });

  it('is unavailable, and not sent, when earlier appends to its stream took all its time', async () => {
    await withStore({ store: { attemptMs: 300, deadlineMs: 300 } }, async ({ server, store }) => {
      server.faults.plan('append', { before: silence });
      const [first, second] = await Promise.allSettled([
        store.append('order-1', 'no-stream', newEvents(1)),
        store.append('order-1', 1, newEvents(1)),
      ]);
      expect(first).toMatchObject({ reason: { code: 'outcome-unknown' } });
      expect(second).toMatchObject({ reason: { failure: { kind: 'unavailable', retryable: true } } });
      expect(ourEvents(server)).toEqual([]);
    });
  });
});

describe('an append at a node that is not the leader', () => {
  it('goes to the leader, at once', async () => {
    const leader = await startProtocolServer();
    const client = EventStoreDBClient.connectionString(leader.connectionString());
    const other = await openEventStoreDb({ client, credentials: 'insecure' });
    await withStore({}, async ({ server, store }) => {
      server.faults.decide = (method) =>
        method === 'append' ? { before: failing(statuses.notLeader('127.0.0.1', leader.port())) } : undefined;
      const startedAt = performance.now();
      await store.append('order-1', 'no-stream', newEvents(2));
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(ourEvents(leader).length).toBe(2);
      expect(ourEvents(server)).toEqual([]);
    });
    await other.close();
    await client.dispose();
    leader.stop();
  });
});
