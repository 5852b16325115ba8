import assert from 'node:assert/strict';
import fc, { type Arbitrary } from 'fast-check';
import type { EventFilter, EventStore, RecordedEvent } from '../../event-store/event-store';
import { comparePositions } from '../../event-store/position';
import { filter, limit, stream, which, wordsOf, type Through } from './choices';
import type { History } from './history';
import { commandOf, type StoreCommand } from './store-command';

interface LogReading {
  readonly start: number;
  readonly limit: number;
  readonly filter: EventFilter;
}

/** Reads the log in pages and compares what comes with the list, page by page. */
export const expectLog = async (history: History, store: EventStore, reading: LogReading): Promise<void> => {
  const { after, index } = history.startOf(reading.start);
  const expected = history.logFrom(index, reading.filter);
  const found: RecordedEvent[] = [];
  let from = after;
  for (;;) {
    const page = await store.readAll({ after: from, limit: reading.limit, filter: reading.filter });
    assert.ok(page.events.length <= reading.limit, 'Expected a page not longer than its limit.');
    found.push(...page.events);
    assert.deepEqual(found, expected.slice(0, found.length));
    const { next } = page;
    if (page.atHead) {
      const last = history.logFrom(0, {}).at(-1)?.position;
      const isPast = last === undefined || (next !== undefined && comparePositions(next, last) >= 0);
      assert.ok(isPast, 'Expected the last page to lead past everything, also what the filter left out.');
      break;
    }
    const hasMoved = next !== undefined && (from === undefined || comparePositions(next, from) > 0);
    assert.ok(hasMoved, 'Expected a page to lead on.');
    from = next;
  }
  assert.deepEqual(found, expected);
};

export const readLog = (through: Through): Arbitrary<StoreCommand> =>
  fc
    .record({ start: which, limit, filter, through })
    .map(({ start, limit: size, filter: wanted, through: handle }) =>
      commandOf({
        title: `read the log${wordsOf(wanted)} from event ${start} in pages of ${size}`,
        through: handle,
        run: ({ history, store }) => expectLog(history, store, { start, limit: size, filter: wanted }),
      }),
    );

export const readStream = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(stream, which, limit, through).map(([name, start, size, handle]) =>
    commandOf({
      title: `read ${size} events of ${name} after version ${start}`,
      through: handle,
      run: async ({ history, store }) => {
        const existing = history.streamOf(name);
        const after = start % (existing.length + 1);
        const events = existing.slice(after, after + size);
        const next = after + events.length;
        const page = await store.readStream(name, { after, limit: size });
        assert.deepEqual(page, { events, next, atEnd: next === existing.length });
      },
    }),
  );
