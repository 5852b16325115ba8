import assert from 'node:assert/strict';
import type { EventFilter, EventStore, RecordedEvent } from '../../event-store/event-store';
import type { Position } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest, type Scenario } from '../conformance-test';
import { headOf, idsOf, lastOf, newEvent, plant } from './events';

/** Everything that a filter lets through after a position, and where the reading ended. */
const readFiltered = async (
  store: EventStore,
  from: Position | undefined,
  filter: EventFilter,
  limit?: number,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly next: Position | undefined }> => {
  const events: RecordedEvent[] = [];
  for (let after = from; ;) {
    const page = await store.readAll({ after, filter, ...(limit === undefined ? {} : { limit }) });
    assert.ok(limit === undefined || page.events.length <= limit);
    events.push(...page.events);
    if (page.atHead) return { events, next: page.next };
    assert.notEqual(page.next, after, 'Expected every page but the last to get on.');
    after = page.next;
  }
};

interface Planted {
  readonly before: Position | undefined;
  readonly events: readonly RecordedEvent[];
}

/** Two streams, `x-1` and `y-1`, with the types A, B, A and B, B, C, one after the other. */
const plantTypes = async ({ store, stream }: Scenario): Promise<Planted> => {
  const before = await headOf(store);
  const append = async (name: string, types: readonly string[]): Promise<void> => {
    await store.append(
      stream(name),
      'no-stream',
      types.map((type) => newEvent({ type })),
    );
  };
  await append('x-1', ['A', 'B', 'A']);
  await append('y-1', ['B', 'B', 'C']);
  const { events } = await store.readAll({ after: before, filter: { streamPrefix: stream('') } });
  assert.equal(events.length, 6);
  return { before, events };
};

const shows = (
  what: string,
  filterOf: (scenario: Scenario) => EventFilter,
  wanted: readonly number[],
): EventStoreConformanceTest =>
  testOnStore(
    `a filter for ${what} shows those and no others, whatever the size of a page`,
    async (scenario) => {
      const { before, events } = await plantTypes(scenario);
      const expected = events.filter((_, index) => wanted.includes(index));
      for (const limit of [undefined, 1, 2, 10]) {
        const found = await readFiltered(scenario.store, before, filterOf(scenario), limit);
        assert.deepEqual(found.events, expected);
        assert.equal(found.next, lastOf(events).position);
      }
    },
  );

export const filters: readonly EventStoreConformanceTest[] = [
  shows('one type', ({ stream }) => ({ types: ['A'], streamPrefix: stream('') }), [0, 2]),
  shows('several types', ({ stream }) => ({ types: ['C', 'A'], streamPrefix: stream('') }), [0, 2, 5]),
  shows('the beginning of a stream name', ({ stream }) => ({ streamPrefix: stream('y-') }), [3, 4, 5]),
  shows('a type and a beginning', ({ stream }) => ({ types: ['B'], streamPrefix: stream('x-') }), [1]),
  shows('no type at all', () => ({ types: [] }), []),
  shows('a type that does not occur', () => ({ types: ['Z'] }), []),

  testOnStore('a beginning is compared letter by letter, not as a pattern', async ({ store, stream }) => {
    const before = await headOf(store);
    for (const name of ['p_1', 'pX1', 'P_1', 'p.1']) await plant(store, stream(name), 1);
    const namesFor = async (streamPrefix: string): Promise<readonly string[]> =>
      (await readFiltered(store, before, { streamPrefix })).events.map((event) => event.stream);
    assert.deepEqual(await namesFor(stream('p_')), [stream('p_1')]);
    assert.deepEqual(await namesFor(stream('p.')), [stream('p.1')]);
    assert.deepEqual(await namesFor(`${stream('p')}%`), []);
    assert.deepEqual(await namesFor(`${stream('p')}*`), []);
    assert.equal((await namesFor('')).length, 4);
  }),

  testOnStore('reading on goes past what the filter left out', async (scenario) => {
    const { store, stream } = scenario;
    const { before, events } = await plantTypes(scenario);
    const filter = { types: ['A'], streamPrefix: stream('') };
    const { next } = await readFiltered(store, before, filter);
    assert.equal(next, lastOf(events).position);
    const later = newEvent({ type: 'A' });
    await store.append(stream('x-1'), 3, [newEvent({ type: 'B' }), later, newEvent({ type: 'B' })]);
    const found = await readFiltered(store, next, filter);
    assert.deepEqual(idsOf(found.events), [later.eventId]);
    assert.equal(found.next, await headOf(store));
  }),
];
