import { describe, expect, it } from '@jest/globals';
import type { ContractId } from '@mandate/domain';
import type { Deletion } from './effect';
import {
  amended,
  chosen,
  concluded,
  dataSetId,
  day,
  entrusted,
  ids,
  lastDay,
  terminated,
} from './testing/events';
import { acknowledged, lifted, ordered, retained, then, wholeDeletionOf } from './testing/events-of-the-end';
import {
  course,
  done,
  draftAfter,
  effectsIn,
  reached,
  reactionsTo,
  stepsIn,
  told,
  type Input,
} from './testing/scenario';

const contractId = ids.contract as string as ContractId;
const freeze: Deletion = { step: 'freeze', contractId };

const untilAugust = day('2026-08-01', '2026-07-31T22:00:00.000Z');
const untilNextYear = day('2027-01-01', '2026-12-31T23:00:00.000Z');
const waiting = (number: number): string => `retention-end-${dataSetId(number)}`;

const ended = (...events: readonly Parameters<typeof told>[0][]): readonly Input[] =>
  [concluded(), entrusted(1), entrusted(2), ...events, terminated].map((event) => told(event));

const orderedIn = (inputs: readonly Input[]): readonly string[] =>
  effectsIn(reactionsTo(inputs)).flatMap((effect) =>
    effect.step === 'order-deletion' ? [effect.dataSetId as string] : [],
  );

describe('a law that requires storage', () => {
  it('holds its own data set until its date, and no other', () => {
    const reactions = reactionsTo([...ended(retained(1, 1, untilAugust)), done(freeze)]);
    expect(reactions).toMatchObject([
      { kind: 'set-deadline', deadline: waiting(1), dueAt: untilAugust.at },
      { kind: 'effect', effect: { step: 'order-deletion', dataSetId: dataSetId(2) } },
    ]);
  });

  it('holds nothing any more at its date, and still does a millisecond before', () => {
    const inputs = [...ended(retained(1, 1, untilAugust)), done(freeze), told(ordered(2))];
    expect(orderedIn([...inputs, reached(waiting(1), '2026-07-31T21:59:59.999Z')])).toEqual([]);
    expect(orderedIn([...inputs, reached(waiting(1), untilAugust.at)])).toEqual([dataSetId(1)]);
  });

  it('holds no longer once it is lifted, and nobody waits for its date then', () => {
    const inputs = [...ended(retained(1, 1, untilAugust)), done(freeze), told(lifted(1, 1))];
    expect(reactionsTo(inputs)).toMatchObject([
      { kind: 'cancel-deadline', deadline: waiting(1) },
      { kind: 'effect', effect: { step: 'order-deletion', dataSetId: dataSetId(1) } },
    ]);
  });

  it('that was lifted or had run out before the end holds nothing', () => {
    const past = day('2026-02-01', '2026-01-31T23:00:00.000Z');
    const before = [...ended(retained(1, 1, untilAugust), lifted(1, 1), retained(1, 2, past)), done(freeze)];
    expect(orderedIn(before)).toEqual([dataSetId(1), dataSetId(2)]);
    expect(reactionsTo([...ended(retained(1, 1, untilAugust)).slice(0, -1), told(lifted(1, 1))])).toEqual([]);
  });

  it('is followed by another one that lasts longer', () => {
    const both = [...ended(retained(1, 1, untilAugust), retained(1, 2, untilNextYear)), done(freeze)];
    const afterTheFirst = [...both, reached(waiting(1), untilAugust.at)];
    expect(reactionsTo(afterTheFirst)).toContainEqual({
      kind: 'set-deadline',
      deadline: waiting(1),
      dueAt: untilNextYear.at,
    });
    expect(orderedIn([...afterTheFirst, reached(waiting(1), untilNextYear.at)])).toContain(dataSetId(1));
    expect(reactionsTo([...both, told(lifted(1, 1))])).toEqual([
      { kind: 'cancel-deadline', deadline: waiting(1) },
      { kind: 'set-deadline', deadline: waiting(1), dueAt: untilNextYear.at },
    ]);
  });

  it('that is applied after the end, before the deletion was ordered, is waited for as well', () => {
    const inputs = [...ended(), done(freeze), told(retained(1, 1, untilAugust))];
    expect(reactionsTo(inputs)).toEqual([
      { kind: 'set-deadline', deadline: waiting(1), dueAt: untilAugust.at },
    ]);
    expect(orderedIn([...inputs, reached(waiting(1), untilAugust.at)])).toContain(dataSetId(1));
  });

  it('comes too late once the deletion was ordered', () => {
    const inputs = [...ended(), done(freeze), told(ordered(1)), told(retained(1, 1, untilAugust))];
    expect(reactionsTo(inputs)).toEqual([]);
  });
});

describe('a return before deletion', () => {
  const returning = (...events: readonly Parameters<typeof told>[0][]): readonly Input[] => [
    ...ended(chosen('return-then-delete'), ...events),
    done(freeze),
  ];

  it('is waited for until it is acknowledged, for each data set by itself', () => {
    expect(reactionsTo(returning())).toEqual([]);
    expect(orderedIn([...returning(), told(acknowledged(2))])).toEqual([dataSetId(2)]);
  });

  it('is waited for when the contract itself says so', () => {
    const inputs = [concluded('return-then-delete'), entrusted(1), terminated].map((event) => told(event));
    expect(reactionsTo([...inputs, done(freeze)])).toEqual([]);
  });

  it('is not waited for when the controller chose deletion after all', () => {
    expect(orderedIn(returning(chosen('delete')))).toEqual([dataSetId(1), dataSetId(2)]);
  });

  it('goes before what a law requires, and both must be over', () => {
    const inputs = returning(retained(1, 1, untilAugust));
    expect(reactionsTo([...inputs, reached(waiting(1), untilAugust.at)])).toEqual([]);
    expect(reactionsTo([...inputs, told(acknowledged(1))])).toEqual([
      { kind: 'set-deadline', deadline: waiting(1), dueAt: untilAugust.at },
    ]);
  });

  it('leaves the digests of the acknowledgements on the certificate', () => {
    const all = [...returning(), told(acknowledged(1)), told(acknowledged(2))];
    const events = [...wholeDeletionOf(1), ...wholeDeletionOf(2)].map((event) => told(event));
    expect(draftAfter([...all, ...events])).toMatchObject({
      endOfService: {
        choice: 'return-then-delete',
        acknowledgementDigests: ['1'.repeat(64), '2'.repeat(64)],
      },
    });
  });
});

describe('a data set that is entrusted late, by a race', () => {
  const inputs = [...ended(), done(freeze)];
  const late = told(entrusted(3));
  const deletions = (...numbers: readonly number[]): readonly Input[] =>
    numbers.flatMap((number) => wholeDeletionOf(number).map((event) => told(event)));
  const keyDestroyed = done({ step: 'destroy-contract-key', contractId });

  it('before the freeze is deleted with the others', () => {
    expect(orderedIn([...ended(), late, done(freeze)])).toEqual([1, 2, 3].map(dataSetId));
  });

  it('after the freeze is deleted at once', () => {
    expect(orderedIn([...inputs, late])).toEqual([dataSetId(3)]);
  });

  it('holds up the certificate until it is deleted', () => {
    expect(reactionsTo([...inputs, late, ...deletions(1, 2)])).toEqual([]);
    expect(stepsIn(reactionsTo([...inputs, ...deletions(1), late, ...deletions(2, 3)]))).toEqual([
      'destroy-contract-key',
    ]);
    expect(reactionsTo([...inputs, ...deletions(1, 2), late, keyDestroyed])).toEqual([]);
  });

  it('after the certificate is deleted and certified by a further certificate', () => {
    const { reactions } = course([...inputs, ...deletions(1, 2), keyDestroyed, late, ...deletions(3)]);
    const certificates = effectsIn(reactions.flat()).flatMap((effect) =>
      effect.step === 'certify' ? [effect] : [],
    );
    expect(certificates).toMatchObject([{ dataSets: 2 }, { dataSets: 3 }]);
    expect(new Set(certificates.map(({ certificateId }) => certificateId)).size).toBe(2);
    expect(stepsIn(reactions.flat()).filter((step) => step === 'destroy-contract-key')).toHaveLength(1);
  });
});

describe('the policy of a deletion', () => {
  it('is the one that held last, not one that was to begin with the end itself', () => {
    const withinDays = (effectiveAt: string): number | undefined => {
      const [order] = effectsIn(reactionsTo([...ended(amended(effectiveAt, 7)), done(freeze)]));
      return order?.step === 'order-deletion' ? order.within.count : undefined;
    };
    expect(withinDays('2026-03-30T21:59:59.999Z')).toBe(7);
    expect(withinDays(lastDay.at)).toBe(30);
  });

  it('is that of the conclusion when the contract ended before it began to hold', () => {
    const inputs = ended(amended(then, 7));
    expect(effectsIn(reactionsTo([...inputs, done(freeze)]))).toMatchObject([{ within: { count: 30 } }, {}]);
  });
});
