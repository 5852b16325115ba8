import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Follower } from '../testing/follower';
import { newEvents } from '../testing/new-events';
import { failing, silence } from '../testing/protocol-server/faults';
import { statuses } from '../testing/protocol-server/statuses';
import { withStore } from '../testing/store-on-server';

describe.each(['23.10', '24.x'] as const)('a subscription on a server like %s', (engine) => {
  it('comes to its end when access is denied', async () => {
    await withStore({ server: { engine } }, async ({ server, store }) => {
      server.faults.plan('subscribe', { before: failing(statuses.accessDenied()) });
      const follower = new Follower(store);
      await follower.done;
      expect(follower.error).toMatchObject({ failure: { kind: 'unavailable', retryable: false } });
    });
  });

  it('says at its beginning when the server is away, and does not wait', async () => {
    await withStore(
      { server: { engine }, store: { attemptMs: 100, deadlineMs: 300 } },
      async ({ server, store }) => {
        const { position } = await store.append('order-1', 'no-stream', newEvents(1));
        server.stop();
        const follower = new Follower(store, { after: position });
        await follower.done;
        expect(follower.error).toMatchObject({ failure: { kind: 'unavailable', retryable: true } });
      },
    );
  });

  it('refuses to begin beyond the head of a log that has become shorter', async () => {
    await withStore({ server: { engine } }, async ({ store }) => {
      const { position } = await store.append('order-1', 'no-stream', newEvents(3));
      await withStore({ server: { engine } }, async (other) => {
        const [, place] = position.split(':');
        const foreign = `${other.store.storeId}:${place ?? ''}` as typeof position;
        const follower = new Follower(other.store, { after: foreign });
        await follower.done;
        expect(follower.error).toMatchObject({ code: 'position-beyond-head' });
      });
    });
  });

  it('is ended by closing the store while the server is silent', async () => {
    await withStore({ server: { engine } }, async ({ server, store }) => {
      server.faults.decide = () => ({ before: silence });
      const follower = new Follower(store);
      await pause(50);
      const startedAt = performance.now();
      await store.close();
      await follower.done;
      expect(performance.now() - startedAt).toBeLessThan(500);
      expect(follower.error).toMatchObject({ code: 'store-closed' });
    });
  });
});
