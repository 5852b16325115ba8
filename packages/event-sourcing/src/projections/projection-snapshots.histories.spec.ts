import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { right } from 'fp-ts/Either';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { eraseWithSnapshots } from '../snapshots/erase-with-snapshots';
import { createInMemorySnapshotStore } from '../snapshots/in-memory-snapshot-store';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import { ageing, createAgingStore, streams, type Ageing } from '../testing/aging-store';
import { newEvent } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { notes, unlucky, type Notes } from '../testing/sample-notes';
import { believing, damagedSnapshot, damages, resealed, type Damage } from '../testing/snapshot-damage';
import { createInMemoryProjection, type InMemoryProjection } from './in-memory-projection';
import type { ProjectionSnapshotOptions } from './projection-snapshots';

type Step =
  | { readonly kind: 'append'; readonly stream: string; readonly numbers: readonly number[] }
  | { readonly kind: 'begin'; readonly everyEvents: number; readonly pageSize: number }
  | { readonly kind: 'catch-up' }
  | { readonly kind: 'begin-another-version' }
  | { readonly kind: 'damage'; readonly damage: Damage; readonly isSealed: boolean }
  | { readonly kind: 'take-an-earlier-one'; readonly which: number }
  | Ageing;

const is = <const Kind extends string>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);
const few = fc.integer({ min: 1, max: 4 });
// One event at a time is what whoever looks for a last event asks for.
const pageSize = fc.integer({ min: 2, max: 5 });
// Of every stream the events after an unlucky one wait, so there are not many.
const number = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 20, max: 99 }) },
  { weight: 1, arbitrary: fc.constant(unlucky) },
  { weight: 3, arbitrary: fc.constant(0) },
);
const numbers = fc.array(number, { minLength: 1, maxLength: 4 });

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Step> }[]>(
    { weight: 8, arbitrary: fc.record({ kind: is('append'), stream: streams, numbers }) },
    { weight: 5, arbitrary: fc.record({ kind: is('begin'), everyEvents: few, pageSize }) },
    { weight: 3, arbitrary: fc.record({ kind: is('catch-up') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('begin-another-version') }) },
    { weight: 2, arbitrary: damages.map((damage) => ({ kind: 'damage' as const, ...damage })) },
    { weight: 1, arbitrary: fc.record({ kind: is('take-an-earlier-one'), which: fc.nat(9) }) },
    { weight: 2, arbitrary: ageing },
  ),
  { maxLength: 40, size: 'max' },
);

const name = 'projection/notes';

const optionsOf = (snapshotStore: SnapshotStore, everyEvents: number): ProjectionSnapshotOptions<Notes> => ({
  ...{ snapshotStore, everyEvents },
  codec: { encode: (state) => state, decode: (json) => right(json as Notes) },
});

const shownBy = (projection: InMemoryProjection<Notes>): unknown => ({
  state: projection.state(),
  position: projection.position(),
  parked: projection.parked().toSorted((one, other) => (one.partition < other.partition ? -1 : 1)),
});

/** What a mistaken projection would see instead of what is there. */
interface Mistakes {
  readonly snapshots?: (snapshotStore: SnapshotStore) => SnapshotStore;
  readonly events?: (store: EventStore, snapshot: () => Promise<Snapshot | undefined>) => EventStore;
}

const asTheyAre = <T>(right: T): T => right;

/** That a projection which begins at a snapshot, or would, shows the same as one that reads everything. */
const assertSame = (mistakes: Mistakes, runs: fc.Parameters<[readonly Step[]]>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { snapshots: misread = asTheyAre, events: misreadEvents = asTheyAre } = mistakes;
      const aging = createAgingStore();
      const kept = misread(createInMemorySnapshotStore());
      const earlier: Snapshot[] = [];
      const snapshotNow = async (): Promise<Snapshot | undefined> => (await kept.read(name)).snapshot;
      const recording: SnapshotStore = {
        ...kept,
        write: async (of, snapshot, epoch) => {
          const isKept = await kept.write(of, snapshot, epoch);
          if (isKept) earlier.push(snapshot);
          return isKept;
        },
      };
      const put = async (change: (snapshot: Snapshot) => Snapshot): Promise<void> => {
        const { snapshot, epoch } = await kept.read(name);
        if (snapshot !== undefined) await kept.write(name, change(snapshot), epoch);
      };
      let living: InMemoryProjection<Notes>[] = [];

      const does: {
        readonly [Kind in Step['kind']]: (step: Step & { readonly kind: Kind }) => Promise<unknown>;
      } = {
        append: ({ stream, numbers: noted }) =>
          aging.append(
            stream,
            noted.map((each) => newEvent({ type: each === 0 ? 'Other' : 'Noted', data: { number: each } })),
          ),
        begin: async ({ everyEvents, pageSize: size }) => {
          const events = misreadEvents(aging.store(), snapshotNow);
          const store: Pick<EventStore, 'readAll'> = {
            readAll: (request) => events.readAll({ limit: size, ...request }),
          };
          const snapshots = optionsOf(recording, everyEvents);
          const projection = createInMemoryProjection(store, notes, { snapshots });
          const whole = createInMemoryProjection(aging.store(), notes);
          await projection.catchUp();
          await whole.catchUp();
          expect(shownBy(projection)).toEqual(shownBy(whole));
          living = [...living, projection];
        },
        'catch-up': async () => {
          for (const projection of living) await projection.catchUp();
        },
        'begin-another-version': async () => {
          const other = { ...notes, version: 2, initialState: (): Notes => ({ other: [2] }) };
          const snapshots = optionsOf(kept, 1);
          await createInMemoryProjection(aging.store(), other, { snapshots }).catchUp();
        },
        damage: ({ damage, isSealed }) =>
          put((snapshot) =>
            damage === 'of-another-name'
              ? resealed('projection/others', snapshot)
              : damagedSnapshot(name, snapshot, { damage, isSealed }),
          ),
        'take-an-earlier-one': ({ which }) =>
          put((snapshot) => earlier[which % Math.max(1, earlier.length)] ?? snapshot),
        erase: async ({ stream }) => {
          await eraseWithSnapshots(aging.store(), kept).eraseStream(stream);
          earlier.length = 0;
        },
        restore: async (step) => {
          // Their process has ended before.
          living = [];
          await aging.restore(step);
        },
      };
      for (const step of all) await (does[step.kind] as (step: Step) => Promise<unknown>)(step);
    }),
    runs,
  );

/** Whoever asks for one event, the last one of a snapshot, is told that it is there; no place is unknown. */
const blinded: NonNullable<Mistakes['events']> = (store, snapshot) => ({
  ...store,
  readAll: async (request = {}) => {
    const nothing = { events: [], next: request.after, atHead: true };
    const page = await store.readAll(request).catch(() => nothing);
    if (request.limit !== 1) return page;
    const { lastEventId, position } = (await snapshot()) ?? {};
    return { ...page, events: [{ ...page.events[0], eventId: lastEventId, position } as RecordedEvent] };
  },
});

const skippingOne: NonNullable<Mistakes['events']> = (store, snapshot) => ({
  ...store,
  readAll: async (request = {}) => {
    const page = await store.readAll(request);
    const isTail = request.limit !== 1 && request.after === (await snapshot())?.position;
    return isTail ? { ...page, events: page.events.slice(1) } : page;
  },
});

const mistakes: readonly (readonly [what: string, mistake: Mistakes])[] = [
  [
    'the version were ignored',
    { snapshots: (kept) => believing(kept, (of, each) => resealed(of, { ...each, definitionVersion: 1 })) },
  ],
  ['its last event were not looked for', { events: blinded }],
  ['the tail began one event too late', { events: skippingOne }],
  ['the digest were ignored', { snapshots: (kept) => believing(kept, resealed) }],
  [
    'snapshots of before an erasure were kept',
    {
      snapshots: (kept) => ({
        ...kept,
        write: async (of, snapshot) => kept.write(of, snapshot, (await kept.read(of)).epoch),
      }),
    },
  ],
  [
    'erasing left them where they are',
    { snapshots: (kept) => ({ ...kept, removeAll: () => Promise.resolve() }) },
  ],
];

describe('a projection that is kept as a snapshot', () => {
  it('shows what reading everything would, whatever became of snapshot and store', async () => {
    await assertSame({}, { numRuns: 300 });
  });

  it.each(mistakes)('would not if %s', async (_, mistake) => {
    const checking = assertSame(mistake, { numRuns: 600, endOnFailure: true });
    await expect(checking).rejects.toMatchObject(failedExpectation);
  });
});
