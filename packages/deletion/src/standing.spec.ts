import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import type { Deletion } from './effect';
import { deletionStanding, type DeletionStanding } from './standing';
import {
  chosen,
  concluded,
  dataSetId,
  day,
  entrusted,
  ids,
  lastDay,
  noticed,
  terminated,
} from './testing/events';
import { acknowledged, lifted, ordered, retained, then, wholeDeletionOf } from './testing/events-of-the-end';
import { course, done, told, type Input } from './testing/scenario';
import type { ContractId } from '@mandate/domain';

const contractId = ids.contract as string as ContractId;
const freeze: Deletion = { step: 'freeze', contractId };
const destroyed: Deletion = { step: 'destroy-contract-key', contractId };
const untilAugust = day('2026-08-01', '2026-07-31T22:00:00.000Z');

const after = (inputs: readonly Input[], at = then): DeletionStanding | undefined => {
  const { state } = course(inputs);
  return state.status === 'known' ? deletionStanding(state.case, at as Instant) : undefined;
};

const events = (...all: readonly Parameters<typeof told>[0][]): readonly Input[] =>
  all.map((event) => told(event));

const ended = (...others: readonly Parameters<typeof told>[0][]): readonly Input[] => [
  ...events(concluded(), entrusted(1), entrusted(2), ...others, terminated),
  done(freeze),
];

const waitingIn = (standing: DeletionStanding | undefined): readonly unknown[] =>
  standing?.standing === 'being-deleted' ? standing.dataSets : [];

describe('where a deletion stands', () => {
  it('is nowhere while the contract goes on, and is the announced end once that is noticed', () => {
    expect(after(events(concluded(), entrusted(1)))).toBeUndefined();
    expect(after(events(concluded(), entrusted(1), noticed()))).toEqual({
      contractId,
      standing: 'end-is-noticed',
      endsAt: lastDay,
    });
  });

  it('says for each data set that is left what it waits for', () => {
    expect(waitingIn(after(ended(retained(1, 1, untilAugust))))).toEqual([
      { dataSetId: dataSetId(1), endedAt: lastDay, waitsFor: 'retention-law', until: untilAugust },
      { dataSetId: dataSetId(2), endedAt: lastDay, waitsFor: 'next-step' },
    ]);
    expect(waitingIn(after(ended(retained(1, 1, untilAugust)), untilAugust.at))).toMatchObject([
      { waitsFor: 'next-step' },
      {},
    ]);
    expect(waitingIn(after([...ended(retained(1, 1, untilAugust)), told(lifted(1, 1))]))).toMatchObject([
      { waitsFor: 'next-step' },
      {},
    ]);
  });

  it('names the controller where it has not confirmed what it got back', () => {
    const returned = ended(chosen('return-then-delete'));
    expect(waitingIn(after(returned))).toMatchObject([
      { waitsFor: 'acknowledgement-of-return' },
      { waitsFor: 'acknowledgement-of-return' },
    ]);
    expect(waitingIn(after([...returned, told(acknowledged(1))]))).toMatchObject([
      { waitsFor: 'next-step' },
      { waitsFor: 'acknowledgement-of-return' },
    ]);
  });

  it('names the stores that have not answered, with the deadline, until none is left', () => {
    const [first, keys, ...rest] = wholeDeletionOf(1);
    const ordering = [...ended(), ...events(first ?? ordered(1), ...(keys === undefined ? [] : [keys]))];
    expect(waitingIn(after(ordering))[0]).toMatchObject({ waitsFor: 'stores', deadline: expect.anything() });
    const all = [...ordering, ...events(...rest), ...events(...wholeDeletionOf(2))];
    expect(after(all)).toMatchObject({ standing: 'being-deleted', dataSets: [] });
    expect(after([...all, done(destroyed)])).toEqual({ contractId, standing: 'deleted', endedAt: lastDay });
  });
});
