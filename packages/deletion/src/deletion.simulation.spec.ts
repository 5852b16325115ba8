import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CertificateDraft } from './certificate';
import { begin, commandNamed, commandNames, give, happen, type Happening } from './testing/happenings';
import { DeletionWorld } from './testing/world';
import { carryOut, Outside } from './testing/world-of-effects';

const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('command' as const),
        name: fc.constantFrom(...commandNames),
        number: fc.integer({ min: 1, max: 3 }),
        days: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('race', 'deliver', 'deliver', 'act', 'act', 'lose-answer', 'fail'),
        number: fc.nat(3),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
    },
  ),
  { maxLength: 40, size: 'max' },
);

type Carry = typeof carryOut;

const settle = (world: DeletionWorld, outside: Outside, carry: Carry): void => {
  for (let isBusy = true; isBusy;) {
    isBusy = world.deliver() || world.fireDeadlines();
    for (const pending of [...world.pending]) {
      if (carry(world, outside, pending.effect) !== undefined) continue;
      world.complete(pending);
      isBusy = true;
    }
  }
};

/** Lets time pass and people do what they owe, until there is nothing left to wait for. */
const bringToTheEnd = (world: DeletionWorld, outside: Outside, carry: Carry = carryOut): void => {
  for (let round = 0; round < 20; round += 1) {
    settle(world, outside, carry);
    for (let number = 1; number <= 9; number += 1) {
      give(world, commandNamed(world, 'returnData', number, 1));
      give(world, commandNamed(world, 'acknowledge', number, 1));
    }
    give(world, commandNamed(world, 'terminate', 1, 1));
    const [next] = [...world.deadlines.values()].toSorted();
    if (next !== undefined && world.now < next) world.now = next;
  }
  settle(world, outside, carry);
};

/** What a certificate has to say, counted from the log alone. */
const recount = ({ log }: DeletionWorld): unknown => {
  const eventsOf = (type: string): readonly Readonly<Record<string, unknown>>[] =>
    log
      .filter(({ event }) => event.type === type)
      .map(({ event }): Readonly<Record<string, unknown>> => ({ ...event.data }));
  const ofSet = (type: string, id: unknown): readonly Readonly<Record<string, unknown>>[] =>
    eventsOf(type).filter(({ dataSetId }) => dataSetId === id);
  const operations = (outcome: string): number =>
    eventsOf('ProcessingRecorded')
      .filter((data) => data['outcome'] === outcome)
      .reduce((sum, data) => sum + Number(data['operations']), 0);
  return {
    dataSets: eventsOf('DataSetEntrusted').map(({ dataSetId }) => ({
      dataSetId,
      recipients: ofSet('DeletionOrdered', dataSetId)[0]?.['recipients'],
      stores: ofSet('StoreErased', dataSetId)
        .map(({ store, receipt }) => ({ store, receipt }))
        .toSorted((one, other) => (String(one.store) < String(other.store) ? -1 : 1)),
    })),
    operations: { 'handed-over': operations('handed-over'), cancelled: operations('cancelled'), failed: 0 },
  };
};

const saidBy = (draft: CertificateDraft): unknown => ({
  dataSets: draft.dataSets.map(({ dataSetId, recipients, stores }) => ({
    dataSetId,
    recipients,
    stores: stores
      .map(({ name, receipt }) => ({ store: name, receipt }))
      .toSorted((one, other) => (one.store < other.store ? -1 : 1)),
  })),
  operations: draft.operations,
});

interface Story {
  readonly happenings: readonly Happening[];
  /** Data sets that are entrusted after everything seemed to be over. */
  readonly latecomers: number;
}

const stories: fc.Arbitrary<Story> = fc.record({ happenings, latecomers: fc.nat(2) });

interface Ending {
  readonly world: DeletionWorld;
  readonly outside: Outside;
}

const run = (story: Story, carry?: Carry): Ending => {
  const world = new DeletionWorld('2026-01-02T10:00:00.000Z');
  const outside = new Outside();
  begin(world);
  for (const happening of story.happenings) happen(world, outside, happening);
  bringToTheEnd(world, outside, carry);
  for (let number = 4; number < 4 + story.latecomers; number += 1) {
    happen(world, outside, { kind: 'race', number });
    bringToTheEnd(world, outside, carry);
  }
  return { world, outside };
};

const fullest = ({ certificates }: Outside): CertificateDraft | undefined =>
  [...certificates.values()]
    .map(({ draft }) => draft)
    .toSorted((one, other) => one.dataSets.length - other.dataSets.length)
    .at(-1);

/** An end on the ground of a notice needs a notice that stands; other ends come by agreement here. */
const isEndedOnStandingNotice = ({ log }: DeletionWorld): boolean => {
  const end = log.find(({ event }) => event.type === 'ContractTerminated');
  const notices = log.filter(({ event }) => event.type.startsWith('TerminationNotice'));
  const isOnNotice =
    end?.event.type === 'ContractTerminated' && end.event.data.ground === 'notice-by-controller';
  return !isOnNotice || notices.at(-1)?.event.type === 'TerminationNoticeGiven';
};

const endsInATrueCertificate = (carry?: Carry): fc.IProperty<[Story]> =>
  fc.property(stories, (story) => {
    const { world, outside } = run(story, carry);
    expect(world.pending).toEqual([]);
    expect([...world.deadlines]).toEqual([]);
    expect([...world.dataSets.values()].filter(({ status }) => status !== 'deleted')).toEqual([]);
    const last = fullest(outside);
    expect(last && saidBy(last)).toEqual(recount(world));
    expect(isEndedOnStandingNotice(world)).toBe(true);
    expect([...outside.contradictions]).toEqual([]);
  });

describe('a deletion, whatever people do meanwhile and however often answers are lost', () => {
  it('ends, with every count on the certificate equal to a recount of the log', () => {
    fc.assert(endsInATrueCertificate(), { numRuns: 200 });
  });

  it('meets late data sets, laws and returns often enough for that to mean something', () => {
    const worlds = fc.sample(stories, { numRuns: 300, seed: 1 }).map((story) => run(story));
    const share = (isSo: (ending: Ending) => boolean): number => worlds.filter(isSo).length / 300;
    const has =
      (type: string) =>
      ({ world }: Ending) =>
        world.log.some(({ event }) => event.type === type);
    expect(share(has('ReturnAcknowledged'))).toBeGreaterThan(0.05);
    expect(share(has('RetentionLawApplied'))).toBeGreaterThan(0.1);
    expect(share(({ outside }) => outside.certificates.size > 1)).toBeGreaterThan(0.02);
  });

  it('is seen not to end when one store never answers', () => {
    const silent: Carry = (world, outside, effect) =>
      effect.step === 'erase-store' && effect.store.name === 'export-3'
        ? 'no'
        : carryOut(world, outside, effect);
    expect(
      fc.check(endsInATrueCertificate(silent), { numRuns: 1000, seed: 1, endOnFailure: true }).failed,
    ).toBe(true);
  });
});
