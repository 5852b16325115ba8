import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { newEvent, newEvents, wholeStream } from './conformance/events';
import { eventStoreConformance } from './event-store-conformance';
import { createFaultStore, plannedFaults, type PlannedFault } from './fault-store';
import type { StoreFault } from './store-fault';

const everyCall = (...faults: readonly StoreFault[]): readonly PlannedFault[] =>
  Array.from({ length: 2000 }, (_, index) => ({
    call: index + 1,
    fault: faults[index % faults.length] as StoreFault,
  }));

eventStoreConformance({ describe, it }, 'faultless, delaying and duplicating', {
  createHarness: (clock) =>
    Promise.resolve({
      open: () =>
        Promise.resolve(
          createFaultStore(createInMemoryEventStore({ clock }), { faults: everyCall('delay', 'duplicate') }),
        ),
      dispose: () => Promise.resolve(),
    }),
});

/** What an append of two events is answered with, and how many of them are there afterwards. */
const appendUnder = async (
  fault: StoreFault,
): Promise<{ answer: unknown; written: number; later: unknown; reads: unknown }> => {
  const inner = createInMemoryEventStore();
  const store = createFaultStore(inner, { faults: [{ call: 1, fault }] });
  const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error as { code: unknown }).code,
    );
  const answer = await codeOf(store.append('a', 'no-stream', newEvents(2)));
  const written = (await wholeStream(inner, 'a')).length;
  return {
    answer,
    written,
    later: await codeOf(store.append('b', 'no-stream', [newEvent()])),
    reads: await codeOf(store.readStream('a')),
  };
};

const storeWith = (faults: readonly PlannedFault[]): EventStore =>
  createFaultStore(createInMemoryEventStore(), { faults });

describe('the fault store', () => {
  it.each([
    ['fail-before', { answer: 'unavailable', written: 0, later: 'done', reads: 'done' }],
    ['lose-request', { answer: 'outcome-unknown', written: 0, later: 'done', reads: 'done' }],
    ['lose-acknowledgement', { answer: 'outcome-unknown', written: 2, later: 'done', reads: 'done' }],
    ['delay', { answer: 'done', written: 2, later: 'done', reads: 'done' }],
    ['duplicate', { answer: 'done', written: 2, later: 'done', reads: 'done' }],
    ['crash-before', { answer: 'unavailable', written: 0, later: 'unavailable', reads: 'unavailable' }],
    ['crash-after', { answer: 'unavailable', written: 2, later: 'unavailable', reads: 'unavailable' }],
  ] as const)(
    'answers an append under %s as planned, and later calls accordingly',
    async (fault, expected) => {
      expect(await appendUnder(fault)).toEqual(expected);
    },
  );

  it('says unavailable of a read whose answer is lost, since reading again does no harm', async () => {
    const store = storeWith([
      { call: 1, fault: 'lose-acknowledgement' },
      { call: 2, fault: 'lose-request' },
    ]);
    await expect(store.readAll()).rejects.toMatchObject({
      code: 'unavailable',
      failure: { retryable: true },
    });
    await expect(store.readStream('a')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.readAll()).resolves.toMatchObject({ atHead: true });
  });

  it('counts the calls of one operation where the plan names it', async () => {
    const store = createFaultStore(createInMemoryEventStore(), {
      faults: [{ call: 2, operation: 'append', fault: 'fail-before' }],
    });
    await store.append('a', 'no-stream', [newEvent()]);
    await store.readAll();
    await store.readStream('a');
    await expect(store.append('a', 1, [newEvent()])).rejects.toMatchObject({ code: 'unavailable' });
    await store.append('a', 1, [newEvent()]);
    expect(store.calls()).toEqual(['append', 'readAll', 'readStream', 'append', 'append']);
    expect(store.isCrashed()).toBe(false);
  });

  it('delays a call for as long as the given pause lasts', async () => {
    let release = (): void => undefined;
    const inner = createInMemoryEventStore();
    const store = createFaultStore(inner, {
      faults: [{ call: 1, fault: 'delay' }],
      pause: () => new Promise((resolve) => (release = resolve)),
    });
    const appending = store.append('a', 'no-stream', [newEvent()]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await wholeStream(inner, 'a')).toHaveLength(0);
    release();
    expect(await appending).toMatchObject({ version: 1 });
  });

  it('drops a subscription at the planned batch', async () => {
    const store = storeWith([{ call: 2, operation: 'subscribe', fault: 'fail-before' }]);
    await store.append('a', 'no-stream', [newEvent()]);
    const kinds: string[] = [];
    const following = (async () => {
      for await (const batch of store.subscribe()) kinds.push(batch.kind);
    })();
    await expect(following).rejects.toMatchObject({ code: 'unavailable' });
    expect(kinds).toEqual(['events']);
  });

  it('gives no answer any more to a call that was under way when the process died', async () => {
    let release = (): void => undefined;
    const store = createFaultStore(createInMemoryEventStore(), {
      faults: [
        { call: 1, fault: 'delay' },
        { call: 2, fault: 'crash-before' },
      ],
      pause: () => new Promise((resolve) => (release = resolve)),
    });
    const reading = store.readAll();
    await expect(store.readAll()).rejects.toMatchObject({ failure: { retryable: false } });
    release();
    await expect(reading).rejects.toMatchObject({ failure: { retryable: false } });
    expect(store.isCrashed()).toBe(true);
  });

  it('passes erasing and closing on', async () => {
    const store = storeWith([]);
    await expect(store.eraseStream('a')).rejects.toMatchObject({ code: 'not-supported' });
    await store.close();
    await expect(store.readAll()).rejects.toMatchObject({ code: 'store-closed' });
  });
});

describe('random plans', () => {
  it('hold at most one fault for every call, none beyond the last, and only those asked for', () => {
    fc.assert(
      fc.property(plannedFaults({ callsMax: 5, faults: ['delay', 'crash-after'] }), (plan) => {
        expect(new Set(plan.map(({ call }) => call)).size).toBe(plan.length);
        expect(plan.every(({ call }) => call >= 1 && call <= 5)).toBe(true);
        expect(plan.every(({ fault }) => fault === 'delay' || fault === 'crash-after')).toBe(true);
      }),
    );
  });

  it('leave the process alive unless a crash is asked for', () => {
    fc.assert(
      fc.property(plannedFaults(), (plan) => {
        expect(plan.some(({ fault }) => fault.startsWith('crash'))).toBe(false);
      }),
    );
  });
});
