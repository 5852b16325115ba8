import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '@mandate/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import { Follower } from '../testing/follower';
import { newEvents } from '../testing/new-events';
import { failing, silence } from '../testing/protocol-server/faults';
import type { LiveSubscription } from '../testing/protocol-server/live-subscriptions';
import type { ProtocolServer } from '../testing/protocol-server/protocol-server';
import type { SubscriptionEngine } from '../testing/protocol-server/server-state';
import { statuses } from '../testing/protocol-server/statuses';
import { withStore } from '../testing/store-on-server';
import type { SubscriptionDrop } from './subscription';

interface Given {
  readonly server: ProtocolServer;
  readonly store: EventStore;
  readonly follower: Follower;
  readonly drops: readonly SubscriptionDrop[];
  /** Appends so many events and keeps their ids. */
  readonly record: (count: number) => Promise<void>;
  readonly recorded: readonly string[];
}

/** A follower that has caught up with three events, on a server of a certain kind. */
const following = async (
  engine: SubscriptionEngine,
  body: (given: Given) => Promise<void>,
  silenceMs = 10_000,
): Promise<void> => {
  const drops: SubscriptionDrop[] = [];
  const store = {
    silenceMs,
    attemptMs: 500,
    onSubscriptionDrop: (drop: SubscriptionDrop) => drops.push(drop),
  };
  await withStore({ server: { engine }, store }, async (on) => {
    const recorded: string[] = [];
    const record = async (count: number): Promise<void> => {
      const events = newEvents(count);
      await on.store.append('order-1', recorded.length, events);
      recorded.push(...events.map(({ eventId }) => eventId));
    };
    await record(3);
    const follower = new Follower(on.store);
    await follower.untilCaughtUp(3);
    await body({ ...on, follower, drops, record, recorded });
    await follower.stop();
    expect(follower.error).toBeUndefined();
    expect(follower.ids).toEqual(recorded);
  });
};

const engines: readonly SubscriptionEngine[] = ['23.10', '24.x'];

const interruptions: readonly (readonly [
  what: string,
  interrupt: (subscription: LiveSubscription) => void,
])[] = [
  ['ends without an error', (subscription) => subscription.end()],
  ['says that the consumer is too slow', (subscription) => subscription.fail(statuses.consumerTooSlow())],
  ['loses its leader', (subscription) => subscription.fail(statuses.connectionDropped())],
  ['shuts down', (subscription) => subscription.fail(statuses.cancelled())],
  ['resets the stream', (subscription) => subscription.fail(statuses.internal())],
];

describe.each(engines)('a subscription on a server like %s', (engine) => {
  it.each(interruptions)('goes on at once when the server %s', async (_, interrupt) => {
    await following(engine, async ({ server, follower, drops, record }) => {
      server.subscriptions().forEach(interrupt);
      await record(2);
      await follower.untilCaughtUp(5);
      expect(drops.map(({ pauseMs }) => pauseMs)).toEqual([0]);
      expect(server.subscriptionsStarted()).toBe(2);
    });
  });

  it('goes on after any number of ends, one after the other', async () => {
    await following(engine, async ({ server, follower, record, drops }) => {
      for (let round = 1; round <= 5; round += 1) {
        server.subscriptions().forEach((subscription) => subscription.end());
        await record(2);
        await follower.untilCaughtUp(3 + 2 * round);
      }
      expect(drops.every(({ pauseMs }) => pauseMs === 0)).toBe(true);
    });
  });

  it('survives a burst that the server does not keep for it, without a pause', async () => {
    await following(engine, async ({ follower, drops, record }) => {
      for (let round = 0; round < 5; round += 1) await record(200);
      await follower.untilCaughtUp(1_003);
      expect(drops.every(({ pauseMs }) => pauseMs === 0)).toBe(true);
      expect(drops.length > 0).toBe(engine === '23.10');
    });
  });

  it('waits for a server that is away, longer and longer, and goes on when it is back', async () => {
    await following(engine, async ({ server, follower, drops, record }) => {
      server.stop();
      await pause(700);
      await server.resume();
      await record(2);
      await follower.untilCaughtUp(5);
      expect(drops[0]?.pauseMs).toBe(0);
      expect(drops.slice(1).every(({ pauseMs }) => pauseMs > 0)).toBe(true);
      expect(drops.length).toBeLessThan(20);
    });
  });

  it('notices that a server says nothing any more, and asks anew', async () => {
    await following(
      engine,
      async ({ server, follower, drops, record }) => {
        server.subscriptions().forEach((subscription) => subscription.stall());
        await record(2);
        await follower.untilCaughtUp(5);
        expect(drops.length).toBe(1);
      },
      100,
    );
  });

  it('leaves a server alone that says nothing because there is nothing', async () => {
    await following(
      engine,
      async ({ server, follower, drops }) => {
        await pause(500);
        expect(drops).toEqual([]);
        expect(server.subscriptionsStarted()).toBe(1);
        expect(follower.batches.filter(({ kind }) => kind === 'caught-up').length).toBe(1);
      },
      50,
    );
  });

  it('notices that a server does not even begin', async () => {
    await following(
      engine,
      async ({ server, follower, record }) => {
        server.faults.plan('subscribe', { before: silence }, { before: failing(statuses.notReady()) });
        server.subscriptions().forEach((subscription) => subscription.end());
        await record(2);
        await follower.untilCaughtUp(5);
      },
      100,
    );
  });
});

describe('a subscription of the bare client', () => {
  it('ends without an error when the server ends it, and misses what comes then', async () => {
    await withStore({}, async ({ server, client, store }) => {
      const subscription = client.subscribeToAll();
      let [seen, hasEnded] = [0, false];
      subscription.on('data', () => (seen += 1)).on('end', () => (hasEnded = true));
      await pause(50);
      const before = seen;
      server.subscriptions().forEach((each) => each.end());
      await store.append('order-1', 'no-stream', newEvents(2));
      await pause(100);
      expect([hasEnded, seen]).toEqual([true, before]);
    });
  });
});
