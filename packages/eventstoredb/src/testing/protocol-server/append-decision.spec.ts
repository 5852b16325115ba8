import { describe, expect, it } from '@jest/globals';
import { decideAppend, type AppendDecision, type ExpectedRevision } from './append-decision';
import { createEventLog, type ProposedEvent } from './event-log';
import { createIdCache } from './id-cache';
import { streamsOf, type Streams } from './streams';

const proposed = (id: string): ProposedEvent => ({
  id,
  type: 'SomethingHappened',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});

type History = (streams: Streams) => void;

const written =
  (...ids: readonly string[]): History =>
  (streams) =>
    void streams.write('s', ids.map(proposed));
const softlyDeleted: History = (streams) => void streams.deleteSoftly('s');
const tombstoned: History = (streams) => void streams.tombstone('s');
const withMetadata: History = (streams) =>
  void streams.write('$$s', [{ ...proposed('m'), type: '$metadata' }]);

const write: AppendDecision = { kind: 'write' };
const wrong = (currentRevision: number): AppendDecision => ({
  kind: 'wrong-expected-version',
  currentRevision,
});
const repetition = (lastRevision: number): AppendDecision => ({ kind: 'repetition', lastRevision });
const deleted: AppendDecision = { kind: 'stream-deleted' };

type Row = readonly [
  what: string,
  history: readonly History[],
  expected: ExpectedRevision,
  ids: readonly string[],
  decision: AppendDecision,
];

/** What the source of servers 22.10 to 24.10 says; the rows with appends were seen on a real 23.10.6 as well. */
const table: readonly Row[] = [
  ['any on a new stream', [], 'any', ['a'], write],
  ['no stream on a new stream', [], 'no-stream', ['a'], write],
  ['revision 0 on a new stream', [], 0, ['a'], wrong(-1)],
  ['an existing stream on a new one', [], 'stream-exists', ['a'], wrong(-1)],
  ['an existing stream on one with metadata only', [withMetadata], 'stream-exists', ['a'], write],
  ['the last revision', [written('a')], 0, ['b'], write],
  ['the last revision, with an id that is there', [written('a')], 0, ['a'], write],
  ['a revision too high', [written('a')], 1, ['b'], wrong(0)],
  ['a revision too low', [written('a', 'b')], 0, ['c'], wrong(1)],
  ['no stream on an existing one', [written('a')], 'no-stream', ['b'], wrong(0)],
  ['a repetition from the beginning', [written('a', 'b')], 'no-stream', ['a', 'b'], repetition(1)],
  ['a repetition of a part', [written('a', 'b', 'c')], 'no-stream', ['a', 'b'], repetition(1)],
  ['a repetition further on', [written('a', 'b', 'c')], 0, ['b', 'c'], repetition(2)],
  ['a repetition that goes on', [written('a', 'b')], 'no-stream', ['a', 'b', 'c'], wrong(1)],
  ['a repetition in another order', [written('a', 'b')], 'no-stream', ['b', 'a'], wrong(1)],
  ['a repetition whose end differs', [written('a', 'b')], 'no-stream', ['a', 'c'], wrong(1)],
  ['any, all ids there in any order', [written('a', 'b', 'c')], 'any', ['c', 'a'], repetition(2)],
  ['any, a new id first', [written('a')], 'any', ['b', 'a'], write],
  ['any, a known id first and a new one later', [written('a')], 'any', ['a', 'b'], wrong(0)],
  ['an existing stream, all ids there', [written('a')], 'stream-exists', ['a'], repetition(0)],
  ['no stream on one deleted softly', [written('a'), softlyDeleted], 'no-stream', ['b'], write],
  ['the same ids on one deleted softly', [written('a'), softlyDeleted], 'no-stream', ['a'], repetition(0)],
  ['an existing stream, deleted softly', [written('a'), softlyDeleted], 'stream-exists', ['b'], deleted],
  ['any on a tombstone', [written('a'), tombstoned], 'any', ['b'], deleted],
  ['no stream on a tombstone', [written('a'), tombstoned], 'no-stream', ['b'], deleted],
  ['no events at the last revision', [written('a')], 0, [], write],
];

describe('the server decides', () => {
  const decide = (history: readonly History[], expected: ExpectedRevision, ids: readonly string[]) => {
    const log = createEventLog(() => 0);
    const streams = streamsOf(log, () => 0);
    const cache = createIdCache();
    for (const happen of history) happen(streams);
    cache.remember(log.events);
    const decision = decideAppend({ stream: 's', expected, ids }, streams, cache.revisionOf);
    cache.forget();
    return {
      decision,
      afterRestart: decideAppend({ stream: 's', expected, ids }, streams, cache.revisionOf),
    };
  };

  it.each(table)('%s', (...row) => {
    const [, history, expected, ids, decision] = row;
    expect(decide(history, expected, ids).decision).toEqual(decision);
  });

  it('exact revisions after a restart as before', () => {
    for (const [, history, expected, ids, decision] of table) {
      if (expected === 'any' || expected === 'stream-exists') continue;
      expect(decide(history, expected, ids).afterRestart).toEqual(decision);
    }
  });

  it('to write a repetition with any revision again after a restart', () => {
    expect(decide([written('a')], 'any', ['a'])).toEqual({ decision: repetition(0), afterRestart: write });
  });
});
