import { describe, expect, it } from '@jest/globals';
import { comparePositions, placeOf, type SubscriptionBatch } from '@mandate/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import { Follower } from '../testing/follower';
import { newEvents } from '../testing/new-events';
import type { LiveSubscription } from '../testing/protocol-server/live-subscriptions';
import { withStore } from '../testing/store-on-server';

describe('a checkpoint of the server', () => {
  const nowhere = 2n ** 64n - 1n;

  it('of "nowhere" is not believed: a subscription that begins with nothing wanted loses nothing', async () => {
    await withStore(
      { server: { engine: '24.x', hasNowhereCheckpoints: true } },
      async ({ server, store }) => {
        const follower = new Follower(store, { filter: { types: ['Wanted'] } });
        await follower.until(() => follower.last?.kind === 'caught-up');
        const { next } = follower.last as SubscriptionBatch;
        server.subscriptions().forEach((subscription) => subscription.end());
        const wanted = newEvents(2).map((event) => ({ ...event, type: 'Wanted' }));
        await store.append('order-1', 'no-stream', wanted);
        await follower.until(() => follower.ids.length === 2);
        await follower.stop();
        const later = new Follower(store, { after: next, filter: { types: ['Wanted'] } });
        await later.until(() => later.ids.length === 2);
        await later.stop();
      },
    );
  });

  it.each([
    ['nowhere', (each: LiveSubscription) => each.sendCheckpoint(nowhere, nowhere)],
    ['the end of the log without its second half', (each: LiveSubscription) => each.sendHalfCheckpoint()],
    [
      'a place that does not exist yet',
      (each: LiveSubscription) => each.sendCheckpoint(2n ** 40n, 2n ** 40n),
    ],
    ['a place that was passed long ago', (each: LiveSubscription) => each.sendCheckpoint(5n, 5n)],
  ])('of %s is not handed on, and nothing is lost after it', async (_, report) => {
    await withStore({}, async ({ server, store }) => {
      await store.append('order-1', 'no-stream', newEvents(3));
      const follower = new Follower(store, { filter: { types: ['Wanted'] } });
      await follower.until(() => follower.last?.kind === 'caught-up');
      server.subscriptions().forEach(report);
      await pause(100);
      for (const { next } of follower.batches) {
        const [place = 0n] = next === undefined ? [] : placeOf(next);
        expect(server.log.events.some(({ position }) => position === place)).toBe(true);
      }
      server.subscriptions().forEach((subscription) => subscription.end());
      await store.append(
        'order-1',
        3,
        newEvents(2).map((event) => ({ ...event, type: 'Wanted' })),
      );
      await follower.until(() => follower.ids.length === 2);
      await follower.stop();
    });
  });

  it('that lies beyond what was sent leads no further than to the first event that was not', async () => {
    await withStore({}, async ({ server, store }) => {
      await store.append('order-1', 'no-stream', newEvents(1));
      const follower = new Follower(store);
      await follower.until(() => follower.last?.kind === 'caught-up');
      server.subscriptions().forEach((each) => {
        each.stall();
      });
      await store.append('order-1', 1, newEvents(2));
      const head = server.log.endPosition();
      server.subscriptions().forEach((each) => {
        each.sendCheckpoint(head, head);
        each.end();
      });
      await follower.until(() => follower.ids.length === 3);
      await follower.stop();
    });
  });

  it('moves the mark of a subscription past what it left out', async () => {
    await withStore({}, async ({ store }) => {
      const follower = new Follower(store, { filter: { types: ['Wanted'] } });
      await follower.until(() => follower.last?.kind === 'caught-up');
      const before = follower.last?.next;
      for (let version = 0; version < 600; version += 30)
        await store.append('order-1', version, newEvents(30));
      await follower.until(() => follower.batches.length > 1);
      expect(comparePositions(follower.last?.next as never, before as never)).toBeGreaterThan(0);
      await follower.stop();
    });
  });
});
