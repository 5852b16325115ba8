import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as t from 'io-ts';
import type { EventStore, EventToAppend, RecordedEvent } from '../event-store/event-store';
import { createInMemorySnapshotStore } from '../snapshots/in-memory-snapshot-store';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import { ageing, createAgingStore, streams, type Ageing } from '../testing/aging-store';
import { newEvent } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { account, accountCodec } from '../testing/sample-account';
import { believing, damagedSnapshot, damages, resealed, type Damage } from '../testing/snapshot-damage';
import type { LoadedAggregate } from './aggregate-memory';
import { createAggregateSnapshots, type AggregateSnapshots } from './aggregate-snapshots';
import { loadAggregate } from './load-aggregate';

type Step =
  | { readonly kind: 'append'; readonly stream: string; readonly amounts: readonly number[] }
  | { readonly kind: 'load'; readonly stream: string; readonly everyEvents: number }
  | { readonly kind: 'load-of-another-version'; readonly stream: string }
  | { readonly kind: 'damage'; readonly stream: string; readonly damage: Damage; readonly isSealed: boolean }
  | { readonly kind: 'take-an-earlier-one'; readonly stream: string; readonly which: number }
  | Ageing;

const is = <const Kind extends string>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Step> }[]>(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: is('append'),
        stream: streams,
        amounts: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: is('load'),
        stream: streams,
        everyEvents: fc.integer({ min: 1, max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: is('load-of-another-version'), stream: streams }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(damages, streams)
        .map(([damage, stream]) => ({ kind: 'damage' as const, stream, ...damage })),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: is('take-an-earlier-one'), stream: streams, which: fc.nat(9) }),
    },
    { weight: 2, arbitrary: ageing },
  ),
  { maxLength: 40, size: 'max' },
);

const added = (amount: number): EventToAppend =>
  newEvent({ type: 'Added', data: { amount, seen: 0, fact: 0 } });

const snapshotsIn = (snapshotStore: SnapshotStore, everyEvents: number): AggregateSnapshots<number> =>
  createAggregateSnapshots({
    snapshotStore,
    name: 'account',
    version: 1,
    codec: t.number,
    everyEvents,
  });

/** Another release, which keeps something else under the same name. */
const otherSnapshotsIn = (snapshotStore: SnapshotStore): AggregateSnapshots<number> =>
  createAggregateSnapshots({
    snapshotStore,
    name: 'account',
    version: 2,
    codec: { encode: (total) => total + 1000, decode: () => t.number.decode('none') },
    everyEvents: 1,
  });

const options = { decider: account, codec: accountCodec };

const known = ({ commandIds, ...rest }: LoadedAggregate<number>): unknown => ({
  ...rest,
  commandIds: new Set(commandIds.flatMap((layer) => [...layer])),
});

/** What a mistaken loader would see instead of what is there. */
interface Mistakes {
  readonly snapshots?: (snapshotStore: SnapshotStore) => SnapshotStore;
  readonly events?: (store: EventStore, snapshot: () => Promise<Snapshot | undefined>) => EventStore;
}

const asTheyAre = <T>(right: T): T => right;

/** That whoever begins at a snapshot, or would, knows the same as whoever reads everything. */
const assertSame = (mistakes: Mistakes, runs: fc.Parameters<[readonly Step[]]>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { snapshots: misread = asTheyAre, events: misreadEvents = asTheyAre } = mistakes;
      const aging = createAgingStore();
      const kept = createInMemorySnapshotStore();
      const earlier: (readonly [name: string, snapshot: Snapshot])[] = [];
      const recording: SnapshotStore = {
        ...kept,
        write: (name, snapshot, epoch) => {
          earlier.push([name, snapshot]);
          return kept.write(name, snapshot, epoch);
        },
      };
      const put = async (
        stream: string,
        change: (name: string, snapshot: Snapshot) => Snapshot,
      ): Promise<void> => {
        const name = `aggregate/account/${stream}`;
        const { snapshot, epoch } = await kept.read(name);
        if (snapshot !== undefined) await kept.write(name, change(name, snapshot), epoch);
      };

      const does: {
        readonly [Kind in Step['kind']]: (step: Step & { readonly kind: Kind }) => Promise<unknown>;
      } = {
        append: ({ stream, amounts }) => aging.append(stream, amounts.map(added)),
        load: async ({ stream, everyEvents }) => {
          const store = misreadEvents(
            aging.store(),
            async () => (await kept.read(`aggregate/account/${stream}`)).snapshot,
          );
          const snapshots = snapshotsIn(misread(recording), everyEvents);
          const found = await loadAggregate(store, stream, { ...options, snapshots });
          expect(known(found)).toEqual(known(await loadAggregate(aging.store(), stream, options)));
        },
        'load-of-another-version': ({ stream }) =>
          loadAggregate(aging.store(), stream, { ...options, snapshots: otherSnapshotsIn(kept) }),
        damage: ({ stream, damage, isSealed }) =>
          put(stream, (name, snapshot) =>
            damage === 'of-another-name'
              ? (earlier.find(([other]) => other !== name)?.[1] ?? snapshot)
              : damagedSnapshot(name, snapshot, { damage, isSealed }),
          ),
        'take-an-earlier-one': ({ stream, which }) =>
          put(stream, (name, snapshot) => {
            const own = earlier.filter(([of]) => of === name);
            return own[which % Math.max(1, own.length)]?.[1] ?? snapshot;
          }),
        erase: ({ stream }) => aging.store().eraseStream(stream),
        restore: aging.restore,
      };
      for (const step of all) await (does[step.kind] as (step: Step) => Promise<unknown>)(step);
    }),
    runs,
  );

/** Whatever stands where the last known event was, the loader is told it is that one, as far as `parts` go. */
const blinded =
  (...parts: readonly ('eventId' | 'position')[]): NonNullable<Mistakes['events']> =>
  (store, snapshot) => ({
    ...store,
    readStream: async (stream, request) => {
      const page = await store.readStream(stream, request);
      const { lastEventId, position, eventCount } = (await snapshot()) ?? {};
      if (eventCount === undefined || request?.after !== eventCount - 1) return page;
      const last = { eventId: lastEventId, position };
      const [first = { ...added(0), stream, version: eventCount }, ...others] = page.events;
      const seen = Object.fromEntries(parts.map((part) => [part, last[part]]));
      return { ...page, events: [{ ...first, ...seen } as RecordedEvent, ...others] };
    },
  });

const mistakes: readonly (readonly [what: string, mistake: Mistakes])[] = [
  [
    'the version were ignored',
    {
      snapshots: (kept) => believing(kept, (name, each) => resealed(name, { ...each, definitionVersion: 1 })),
    },
  ],
  ['the digest were ignored', { snapshots: (kept) => believing(kept, resealed) }],
  ['the id of the last event were not compared', { events: blinded('eventId', 'position') }],
  ['the place of the last event were not compared', { events: blinded('position') }],
  [
    'the tail began one event too late',
    {
      events: (store) => ({
        ...store,
        readStream: async (stream, request) => {
          const page = await store.readStream(stream, request);
          const isTail = request?.after !== undefined && request.after > 0;
          return isTail ? { ...page, events: page.events.filter((_, index) => index !== 1) } : page;
        },
      }),
    },
  ],
];

describe('an aggregate that is kept as a snapshot', () => {
  it('is the one that its stream makes, whatever became of snapshot and store', async () => {
    await assertSame({}, { numRuns: 300 });
  });

  it.each(mistakes)('would not be if %s', async (_, mistake) => {
    const checking = assertSame(mistake, { numRuns: 500, endOnFailure: true });
    await expect(checking).rejects.toMatchObject(failedExpectation);
  });
});
