import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import { evolveScope, type ContractScope } from '../processing-scope';
import { contractEvents, dataSetEvents, legalDateOf, nth, nthDigest, shifted } from '../testing';
import { decide } from './decide';
import type { CustodyOperation } from './request';

const contractId = nth.contractId(1);
const dataSetId = nth.dataSetId(1);
const start = legalDateOf('2026-03-01', 'Europe/Warsaw');
const end = legalDateOf('2026-09-01', 'Europe/Warsaw');
const amendedAt = '2026-06-01T09:30:00.000Z' as Instant;

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, ...data } };
};

const document = (number: number) => ({
  ...anyEvent(contractEvents.ContractAmended, {}).data.terms,
  document: {
    ...anyEvent(contractEvents.ContractAmended, {}).data.terms.document,
    digest: nthDigest(number),
  },
});
const concluded = anyEvent(contractEvents.ContractConcluded, {
  contractId,
  startsAt: start,
  terms: document(1),
});
const amended = anyEvent(contractEvents.ContractAmended, {
  contractId,
  effectiveAt: amendedAt,
  terms: document(2),
});
const entrusted = anyEvent(dataSetEvents.DataSetEntrusted, { contractId, dataSetId });
const suspended = anyEvent(contractEvents.ContractSuspended, { contractId, effectiveAt: start.at });
const noticed = anyEvent(contractEvents.TerminationNoticeGiven, { contractId, endsAt: end });
const terminated = anyEvent(contractEvents.ContractTerminated, { contractId, endedAt: end });
const closed = anyEvent(contractEvents.ContractClosed, { contractId });
const ordered = anyEvent(dataSetEvents.DeletionOrdered, { contractId, dataSetId });
const restricted = anyEvent(dataSetEvents.DataSetRestricted, {
  contractId,
  dataSetId,
  effectiveAt: start.at,
});
const deleted = anyEvent(dataSetEvents.DataSetDeleted, { contractId, dataSetId });

const operations = ['store', 'secure', 'return', 'erase'] as const;
type Answers = Readonly<Record<CustodyOperation['operation'], readonly string[]>>;

/** What is said to each of the four: the number of the document it rests on, or the reasons against it. */
const answersTo = (events: readonly MandateEvent[], at: Instant): Answers => {
  const scope = events.reduce<ContractScope | undefined>(evolveScope, undefined);
  const answerTo = (operation: CustodyOperation['operation']): readonly string[] => {
    const decision = decide({ operation, contractId, dataSetId }, scope, at);
    if (decision.decision === 'deny') return decision.reasons.map(({ reason }) => reason);
    return decision.bases.map((basis) => {
      expect(basis).toMatchObject({ kind: 'contract', contractId, operation });
      return basis.kind === 'contract' && basis.documentDigest === nthDigest(2) ? 'document 2' : 'document 1';
    });
  };
  return Object.fromEntries(operations.map((operation) => [operation, answerTo(operation)])) as Answers;
};

const [one, two] = [['document 1'], ['document 2']];
const held = [concluded, entrusted];
const beforeTheEnd = shifted(end.at, -1);

describe('keeping, securing, returning and erasing data', () => {
  it('needs no instruction: the contract is one, by its signed terms', () => {
    const waiting = ['contract-not-ended'];
    expect(answersTo(held, start.at)).toEqual({ store: one, secure: one, return: waiting, erase: waiting });
  });

  it('rests on the terms that hold at the time', () => {
    const events = [...held, amended, terminated];
    expect(answersTo(events, shifted(amendedAt, -1))).toMatchObject({ store: one, secure: one });
    expect(answersTo(events, amendedAt)).toMatchObject({ store: two, secure: two });
    expect(answersTo(events, end.at)).toMatchObject({ secure: two, return: two, erase: two });
  });

  it.each([
    ['the contract is suspended', suspended],
    ['the data set is restricted', restricted],
    ['its deletion is ordered', ordered],
  ])('goes on while %s', (_what, event) => {
    const ended = [...held, event, terminated];
    expect(answersTo(ended, beforeTheEnd)).toMatchObject({ store: one, secure: one });
    expect(answersTo(ended, end.at)).toMatchObject({ secure: one, return: one, erase: one });
  });

  it.each([
    ['recorded', terminated],
    ['announced', noticed],
  ])('changes at the end of the contract that was %s, to the millisecond', (_what, event) => {
    const waiting = ['contract-not-ended'];
    expect(answersTo([...held, event], beforeTheEnd)).toEqual({
      store: one,
      secure: one,
      return: waiting,
      erase: waiting,
    });
    expect(answersTo([...held, event], end.at)).toEqual({
      store: ['contract-ended'],
      secure: one,
      return: one,
      erase: one,
    });
  });

  it('is over when the contract is closed', () => {
    const over = ['contract-closed'];
    expect(answersTo([...held, terminated, closed], end.at)).toEqual({
      store: [...over, 'contract-ended'],
      secure: over,
      return: over,
      erase: over,
    });
  });

  it('has not begun before the contract starts', () => {
    const early = ['contract-not-started'];
    const both = [...early, 'contract-not-ended'];
    expect(answersTo(held, shifted(start.at, -1))).toEqual({
      store: early,
      secure: early,
      return: both,
      erase: both,
    });
  });

  it.each([
    ['was never entrusted', [concluded, terminated], 'data-set-unknown'],
    ['is deleted', [...held, terminated, deleted], 'data-set-deleted'],
  ])('of a data set that %s is denied', (_what, events, reason) => {
    expect(answersTo(events, end.at)).toEqual({
      store: ['contract-ended', reason],
      secure: [reason],
      return: [reason],
      erase: [reason],
    });
  });

  it('of a contract that nobody knows is denied', () => {
    const unknown = ['contract-unknown'];
    expect(answersTo([entrusted], end.at)).toEqual({
      store: unknown,
      secure: unknown,
      return: unknown,
      erase: unknown,
    });
  });
});
