import assert from 'node:assert/strict';
import type { EventStore } from '../../event-store/event-store';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { headOf, newEvents, plant, wholeStream } from './events';
import { pauseMs, within } from './follow';
import { refusesWith } from './refusal';

const followToEnd = async (store: EventStore, onBatch: () => void): Promise<void> => {
  for await (const batch of store.subscribe({ after: await headOf(store) })) {
    assert.equal(batch.kind, 'caught-up');
    onBatch();
  }
};

export const closing: readonly EventStoreConformanceTest[] = [
  testOnStore(
    'a closed store refuses everything, also when it is closed again',
    async ({ store, stream }) => {
      await plant(store, stream(), 2);
      await store.close();
      await store.close();
      await refusesWith(store.append(stream(), 2, newEvents(1)), 'store-closed');
      await refusesWith(store.readStream(stream()), 'store-closed');
      await refusesWith(store.readAll(), 'store-closed');
      await refusesWith(store.subscribe()[Symbol.asyncIterator]().next(), 'store-closed');
      await refusesWith(
        store.eraseStream(stream()),
        ...(store.capabilities.eraseStream
          ? (['store-closed'] as const)
          : (['store-closed', 'not-supported'] as const)),
      );
      await store.close();
    },
  ),

  testOnStore('closing ends a subscription that waits, with store-closed', async (scenario) => {
    const { store, stream, patienceMs, meanwhile } = scenario;
    await plant(store, stream(), 1);
    const following = followToEnd(store, () => meanwhile(() => pauseMs(50).then(() => store.close())));
    await within(patienceMs, 'the subscription to end', refusesWith(following, 'store-closed'));
  }),

  testOnStore('what was acknowledged before closing was written', async ({ store, stream }) => {
    const events = newEvents(3);
    const appending = store.append(stream(), 'no-stream', events);
    assert.equal((await appending).version, 3);
    const found = await wholeStream(store, stream());
    assert.deepEqual(
      found.map(({ data }) => data),
      events.map(({ data }) => data),
    );
    await store.close();
    await refusesWith(wholeStream(store, stream()), 'store-closed');
  }),
];
