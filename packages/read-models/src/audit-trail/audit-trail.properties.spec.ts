import { describe, expect, it } from '@jest/globals';
import { inquiries, histories, lastRecordedAt, runs, type History } from '@mandate/domain/testing';
import type { Instant, Json, Position } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { eventsKnownAt, type KnownEvent } from '../processing-scope';
import { recordingStore, scopeOver, storeWith } from '../testing/recorded-history';
import { diffScope, replay, scopeCellsAt, timelineOf, type ReplayOptions, type ScopeMoment } from '.';

type Diff = typeof diffScope;
type Replay = typeof replay;

const historiesOf = async (history: History) => {
  const scope = await scopeOver(history);
  const contracts = [...new Set(history.map(({ event }) => event.data.contractId))];
  return contracts.map((contractId) => ({ contractId, scope, events: scope.historyOf(contractId) }));
};

const apply = (cells: ReadonlyMap<string, Json>, changes: ReturnType<Diff>): ReadonlyMap<string, Json> => {
  const result = new Map(cells);
  for (const { name, after } of changes) {
    if (after === undefined) result.delete(name);
    else result.set(name, after);
  }
  return result;
};

const entries = (cells: ReadonlyMap<string, Json>): unknown => Object.fromEntries(cells);

const isTruthful = (diff: Diff) =>
  fc.asyncProperty(inquiries(), async ({ history, questions }) => {
    for (const { contractId, scope, events } of await historiesOf(history)) {
      const at = ({ validAt, knownAt }: ScopeMoment) =>
        scopeCellsAt(scope.scopeOf(contractId, knownAt), validAt);
      for (const [index, from] of questions.entries()) {
        const to = questions[(index + 1) % questions.length]!;
        expect(diff(events, from, from)).toEqual([]);
        const changes = diff(events, from, to);
        expect(entries(apply(at(from), changes))).toEqual(entries(at(to)));
        const counts = [from, to].map(({ knownAt }) => eventsKnownAt(events, knownAt));
        const between: readonly KnownEvent[] = events.slice(Math.min(...counts), Math.max(...counts));
        for (const change of changes) {
          expect(change.events).not.toEqual([]);
          if (change.because === 'recorded')
            expect(between).toEqual(expect.arrayContaining([...change.events]));
          else expect(between).not.toEqual(expect.arrayContaining([...change.events]));
        }
      }
    }
  });

const isWhole = (play: Replay) =>
  fc.asyncProperty(histories(), fc.nat(), fc.integer({ min: 1, max: 5 }), async (history, cut, pageSize) => {
    const { store } = await storeWith(history);
    const positionsOf = async (range: Pick<ReplayOptions, 'from' | 'to'>): Promise<readonly Position[]> => {
      const positions: Position[] = [];
      const onEvent: ReplayOptions['onEvent'] = ({ position }) => void positions.push(position);
      await play({ store, ...range, onEvent, onUnreadable: onEvent as never, pageSize });
      return positions;
    };
    const whole = await positionsOf({});
    expect(whole).toHaveLength(history.length);
    const middle = history[cut % Math.max(1, history.length)];
    const cuts: (Instant | Position | undefined)[] = [
      middle?.recordedAt,
      whole[cut % Math.max(1, whole.length)],
    ];
    for (const at of cuts) {
      if (at === undefined) continue;
      expect([...(await positionsOf({ to: at })), ...(await positionsOf({ from: at }))]).toEqual(whole);
    }
  });

describe('the difference between two moments', () => {
  it('leads from the one to the other, is none to itself, and names the events behind it', async () => {
    await fc.assert(isTruthful(diffScope), runs(60));
  });

  it.each<readonly [string, Diff]>([
    ['forgets what is new', (...all) => diffScope(...all).filter(({ before }) => before !== undefined)],
    ['names no events', (...all) => diffScope(...all).map((change) => ({ ...change, events: [] }))],
    [
      'takes what took effect for recorded',
      (...all) => diffScope(...all).map((one) => ({ ...one, because: 'recorded' })),
    ],
    [
      'looks at one time only',
      (events, from, to) => diffScope(events, from, { ...to, validAt: from.validAt }),
    ],
  ])('these properties notice one that %s', async (_, mutant) => {
    expect((await fc.check(isTruthful(mutant), { numRuns: 200, seed: 1, endOnFailure: true })).failed).toBe(
      true,
    );
  });
});

describe('a replay', () => {
  it('in two parts is the whole, at any instant and position, in pages of any size', async () => {
    await fc.assert(isWhole(replay), runs(60));
  });

  it.each<readonly [string, Replay]>([
    ['ignores where it begins', (options) => replay({ ...options, from: undefined })],
    ['ignores where it ends', (options) => replay({ ...options, to: undefined })],
  ])('this notices one that %s', async (_, mutant) => {
    expect((await fc.check(isWhole(mutant), { numRuns: 100, seed: 1, endOnFailure: true })).failed).toBe(
      true,
    );
  });

  it('that is interrupted goes on where it stopped', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.nat({ max: 10 }), async (history, stopAfter) => {
        const { store } = await storeWith(history);
        const seen: unknown[] = [];
        const stop = new AbortController();
        const onEvent: ReplayOptions['onEvent'] = ({ event }) => {
          seen.push(event);
          if (seen.length === stopAfter) stop.abort();
        };
        const options = { store, onEvent, onUnreadable: () => undefined, pageSize: 3 };
        const first = await replay({ ...options, signal: stop.signal });
        await replay({ ...options, from: first.resumeFrom });
        expect(seen).toEqual(history.map(({ event }) => event));
      }),
      runs(60),
    );
  });

  it('lets the process hear of an interruption, though the store answers without waiting', async () => {
    const { store, recordRaw } = recordingStore();
    for (const stream of ['other-1', 'other-2', 'other-3', 'other-4']) {
      await recordRaw({ type: 'OfSomebodyElse', schemaVersion: 1, data: {} }, stream);
    }
    const stop = new AbortController();
    setImmediate(() => {
      stop.abort();
    });
    const ignored = (): undefined => undefined;
    const options = { store, onEvent: ignored, onUnreadable: ignored, pageSize: 1, signal: stop.signal };
    expect(await replay(options)).toMatchObject({ outcome: 'interrupted' });
  });

  it('reports an event that cannot be read with its place, without its content, and goes on', async () => {
    const { store, recordRaw } = recordingStore();
    const data = { contractId: 'anna@example.com' };
    const position = await recordRaw({ type: 'ContractAmended', schemaVersion: 1, data }, 'contract-x');
    await recordRaw({ type: 'OfSomebodyElse', schemaVersion: 1, data: {} }, 'other-1');
    const unreadable: unknown[] = [];
    const onUnreadable: ReplayOptions['onUnreadable'] = (event) => void unreadable.push(event);
    const outcome = await replay({ store, onEvent: () => undefined, onUnreadable });
    expect(outcome).toMatchObject({ outcome: 'finished', events: 0, unreadable: 1, others: 1 });
    expect(unreadable).toMatchObject([{ stream: 'contract-x', position, type: 'ContractAmended' }]);
    expect(JSON.stringify(unreadable)).not.toContain('anna');
  });
});

describe('a timeline', () => {
  it('tells every event of the contract once, in the order of recording', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (history) => {
        for (const { events } of await historiesOf(history)) {
          const story = timelineOf(events);
          expect(story.map(({ position, type }) => ({ position, type }))).toEqual(
            events.map(({ position, event }) => ({ position, type: event.type })),
          );
          for (const { sentence, recordedAt } of story) {
            expect(sentence).toMatch(/^[A-Z].*\.$/);
            expect(recordedAt <= lastRecordedAt(history)).toBe(true);
          }
        }
      }),
      runs(30),
    );
  });
});
