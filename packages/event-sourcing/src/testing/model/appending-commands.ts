import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc, { type Arbitrary } from 'fast-check';
import type { AppendResult, EventStore, EventToAppend, RecordedEvent } from '../../event-store/event-store';
import { isEventStoreError } from '../../event-store/event-store-error';
import { asGiven, newEvent, wholeStream } from '../conformance/events';
import { refusesAs, refusesWith } from '../conformance/refusal';
import { eventTypes, stream, which, type Through } from './choices';
import type { History, KnownAppend } from './history';
import { happens } from './happens';
import { commandOf, type StepContext, type StoreCommand } from './store-command';

export const newEvents = (
  history: History,
  types: readonly string[],
  note: string,
): readonly EventToAppend[] =>
  types.map((type, index) => {
    const [eventId, commandId] = [history.newId(), history.newId()];
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'tester' };
    return newEvent({ eventId, type, data: { note, index }, metadata });
  });

const appendTo = async (
  store: EventStore,
  { stream: name, expected, events }: KnownAppend,
): Promise<AppendResult> => store.append(name, expected === 0 ? 'no-stream' : expected, events);

const assertIsAt = ({ version, position }: AppendResult, last: RecordedEvent | undefined): void => {
  assert.deepEqual({ version, position }, { version: last?.version, position: last?.position });
};

/** Takes over into the list what was appended, after seeing that it is there as it was given. */
const takeOver = async ({ history, store }: StepContext, append: KnownAppend): Promise<RecordedEvent[]> => {
  const { stream: name, expected, events } = append;
  const found = await wholeStream(store, name);
  assert.deepEqual(found.slice(0, expected), history.streamOf(name));
  const recorded = found.slice(expected);
  assert.deepEqual(recorded.map(asGiven), events);
  assert.deepEqual(
    recorded.map((event) => [event.stream, event.version]),
    events.map((_, index) => [name, expected + index + 1]),
  );
  history.record(append, recorded);
  return recorded;
};

/** That an append does what it has to: it happens, or is refused for the right reason. */
export const expectAppend = async (context: StepContext, append: KnownAppend): Promise<void> => {
  const { history, store } = context;
  const attempt = appendTo(store, append);
  const { stream: name, expected } = append;
  if (history.isErased(name)) return refusesAs(attempt, { kind: 'stream-closed', stream: name });
  const actual = history.versionOf(name);
  if (actual !== expected) {
    const asWritten = expected === 0 ? 'no-stream' : expected;
    return refusesAs(attempt, { kind: 'version-conflict', stream: name, expected: asWritten, actual });
  }
  const result = await happens('append', attempt);
  assertIsAt(result, (await takeOver(context, append)).at(-1));
};

const count = (types: readonly string[]): string =>
  `${types.length} event${types.length === 1 ? '' : 's'} (${types.join(', ')})`;

const signed = (miss: number): string => (miss === 0 ? '' : ` ${miss > 0 ? '+' : '-'} ${Math.abs(miss)}`);

const miss = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
);

export const append = (through: Through): Arbitrary<StoreCommand> =>
  fc
    .record({ stream, miss, types: eventTypes, note: fc.string({ unit: 'binary', maxLength: 8 }), through })
    .map(({ stream: name, miss: by, types, note, through: handle }) =>
      commandOf({
        title: `append ${count(types)} to ${name} at its version${signed(by)}`,
        through: handle,
        run: (context) => {
          const expected = Math.max(0, context.history.versionOf(name) + by);
          const events = newEvents(context.history, types, note);
          return expectAppend(context, { stream: name, expected, events });
        },
      }),
    );

export const appendNothing = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(stream, through).map(([name, handle]) =>
    commandOf({
      title: `append nothing to ${name}`,
      through: handle,
      run: async ({ history, store }) => {
        const attempt = appendTo(store, { stream: name, expected: history.versionOf(name), events: [] });
        await refusesWith(attempt, 'invalid-append');
      },
    }),
  );

const hasAppended = ({ appends }: History): boolean => appends.length > 0;

export const repeat = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(which, fc.boolean(), through).map(([number, isExtended, handle]) =>
    commandOf({
      title: `repeat append ${number}${isExtended ? ' with one event more' : ''}`,
      through: handle,
      isPossible: hasAppended,
      run: async (context) => {
        const { history, store } = context;
        const known = history.appends[number % history.appends.length] as KnownAppend;
        const { stream: name, expected, events } = known;
        if (isExtended || history.isErased(name)) {
          const more = isExtended ? newEvents(history, ['A'], 'more') : [];
          return expectAppend(context, { ...known, events: [...events, ...more] });
        }
        const last = history.streamOf(name)[expected + events.length - 1];
        const result = await happens('append', appendTo(store, known));
        assertIsAt(result, last);
        assert.equal(result.mayBeRepetition, true);
        assert.deepEqual(await wholeStream(store, name), history.streamOf(name));
      },
    }),
  );

export const reuseEventId = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(which, stream, through).map(([number, name, handle]) =>
    commandOf({
      title: `append event ${number} again, to ${name} behind a new one`,
      through: handle,
      isPossible: (history) => history.pick(number) !== undefined,
      run: async ({ history, store }) => {
        const known = history.pick(number) as RecordedEvent;
        const events = [...newEvents(history, ['A'], 'new'), asGiven(known)];
        const attempt = appendTo(store, { stream: name, expected: history.versionOf(name), events });
        await refusesWith(attempt, history.isErased(name) ? 'stream-closed' : 'duplicate-event-id');
      },
    }),
  );

/** Two appends to one stream at once, of which exactly one may win. */
export const race = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(stream, eventTypes, through, through).map(([name, types, handle, rival]) =>
    commandOf({
      title: `append ${count(types)} to ${name} twice at once, also [handle ${rival}]`,
      through: handle,
      isPossible: (history) => !history.isErased(name),
      run: async (context) => {
        const { history, store, stores } = context;
        const expected = history.versionOf(name);
        const appends = [0, 1].map(() => ({
          ...{ stream: name, expected, events: newEvents(history, types, 'race') },
        }));
        const handles = [store, await stores.handle(rival)];
        const attempts = appends.map((each, index) => appendTo(handles[index] as EventStore, each));
        const settled = await Promise.allSettled(attempts);
        const winner = settled.findIndex(({ status }) => status === 'fulfilled');
        assert.ok(winner !== -1, 'Expected one of two appends at once to happen.');
        const loser = attempts[1 - winner] as Promise<AppendResult>;
        await refusesWith(loser, 'version-conflict');
        const recorded = await takeOver(context, appends[winner] as KnownAppend);
        assertIsAt(await (attempts[winner] as Promise<AppendResult>), recorded.at(-1));
      },
    }),
  );

/** The process ends while it appends: all of it is there, or nothing; and sent again it is there once. */
export const crashWhileAppending = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(stream, eventTypes, fc.nat({ max: 2 }), through).map(([name, types, turns, handle]) =>
    commandOf({
      title: `crash ${turns} turns after appending ${count(types)} to ${name}`,
      through: handle,
      isPossible: (history) => !history.isErased(name),
      run: async ({ history, stores, store }) => {
        const expected = history.versionOf(name);
        const known = { stream: name, expected, events: newEvents(history, types, 'crash') };
        let outcome: unknown = 'none';
        const attempt = appendTo(store, known).then(
          () => (outcome = 'acknowledged'),
          (error: unknown) => (outcome = error),
        );
        for (let turn = 0; turn < turns; turn += 1) await nextTurn();
        const isAcknowledged = outcome === 'acknowledged';
        await stores.crash(handle);
        const context = { history, stores, store: await stores.handle(handle) };
        const found = (await wholeStream(context.store, name)).slice(expected);
        const least = isAcknowledged ? types.length : 0;
        assert.ok(found.length === least || found.length === types.length, 'Expected all events, or none.');
        const result = await happens('append', appendTo(context.store, known));
        assertIsAt(result, (await takeOver(context, known)).at(-1));
        await attempt;
        assert.ok(typeof outcome === 'string' || isEventStoreError(outcome) || outcome instanceof Error);
      },
    }),
  );
