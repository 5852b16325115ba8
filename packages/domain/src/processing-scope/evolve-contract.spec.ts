import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import { contractEvents, legalDateOf, nth, shifted } from '../testing';
import type { Country, LegalDate } from '../vocabulary';
import { evolveScope } from './evolve';
import { documentAt, scopeEnd, termsAt, type ContractScope, type SubProcessorScope } from './scope';

const [start, at, later, latest] = ['03-01', '03-29', '04-15', '05-01'].map(
  (day) => `2026-${day}T01:00:00.000Z`,
) as readonly string[] as readonly [Instant, Instant, Instant, Instant];
const contractId = nth.contractId(1);
const [PL, DE] = ['PL', 'DE'] as readonly string[] as readonly [Country, Country];
const subProcessorId = nth.subProcessorId(1);
const [boss, deputy] = [nth.issuerId(1), nth.issuerId(2)];
const dayAt = (instant: Instant): LegalDate => ({ ...legalDateOf('2026-03-01', 'UTC'), at: instant });

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, contractId, ...data } };
};

const sampled = anyEvent(contractEvents.ContractConcluded, {}).data.terms;
const signedAt = shifted(start, -86_400_000);
const agreed = { ...sampled, document: { ...sampled.document, receivedAt: signedAt } };
const concluded = anyEvent(contractEvents.ContractConcluded, {
  startsAt: dayAt(start),
  issuers: [boss],
  terms: agreed,
});

const scopeOf = (...events: readonly MandateEvent[]): ContractScope =>
  [concluded, ...events].reduce<ContractScope | undefined>(evolveScope, undefined)!;

const suspended = (effectiveAt: Instant): MandateEvent =>
  anyEvent(contractEvents.ContractSuspended, { effectiveAt });
const resumed = (effectiveAt: Instant): MandateEvent =>
  anyEvent(contractEvents.ContractResumed, { effectiveAt });
const noticed = (end: Instant): MandateEvent =>
  anyEvent(contractEvents.TerminationNoticeGiven, { endsAt: dayAt(end) });
const withdrawn = anyEvent(contractEvents.TerminationNoticeWithdrawn, {});
const terminated = anyEvent(contractEvents.ContractTerminated, { endedAt: dayAt(later) });

describe('a contract that is concluded', () => {
  it('has terms from its start on, somebody who instructs, and nothing else', () => {
    expect(scopeOf()).toEqual({
      contractId,
      controllerId: concluded.data.controllerId,
      startsAt: start,
      isClosed: false,
      terms: [{ effectiveAt: start, terms: agreed }],
      suspensions: [],
      issuers: [{ issuerId: boss, interval: { from: signedAt } }],
      subProcessors: new Map(),
      instructions: new Map(),
      dataSets: new Map(),
    });
  });

  it('is concluded once: what happened since is not unsaid', () => {
    expect(scopeOf(suspended(at), concluded)).toEqual(scopeOf(suspended(at)));
  });
});

describe('the terms', () => {
  const amended = (effectiveAt: Instant, countries: typeof agreed.countries): MandateEvent =>
    anyEvent(contractEvents.ContractAmended, { effectiveAt, terms: { ...agreed, countries } });
  const countriesAt = (scope: ContractScope, instant: Instant): unknown => termsAt(scope, instant)?.countries;

  it('hold from their instant until that of the next ones', () => {
    const scope = scopeOf(amended(at, [PL]), amended(later, [DE]));
    expect(countriesAt(scope, shifted(start, -1))).toBeUndefined();
    expect(documentAt(scope, shifted(start, -1))).toBeUndefined();
    expect(countriesAt(scope, shifted(at, -1))).toEqual(agreed.countries);
    expect(countriesAt(scope, at)).toEqual([PL]);
    expect(countriesAt(scope, shifted(later, -1))).toEqual([PL]);
    expect(countriesAt(scope, later)).toEqual([DE]);
    expect(documentAt(scope, later)).toBe(agreed.document.digest);
  });

  it('agreed on later for an earlier or the same instant replace what was planned from there on', () => {
    for (const earlier of [at, later]) {
      const scope = scopeOf(amended(later, [PL]), amended(earlier, [DE]));
      expect(scope.terms.map(({ effectiveAt }) => effectiveAt)).toEqual([start, earlier]);
      expect(countriesAt(scope, latest)).toEqual([DE]);
    }
  });
});

describe('suspensions', () => {
  it.each([
    ['open', [suspended(at)], [{ from: at }]],
    ['closed', [suspended(at), resumed(later)], [{ from: at, until: later }]],
    ['one', [suspended(at), suspended(later)], [{ from: at }]],
    ['none', [resumed(at)], []],
    [
      'two',
      [suspended(at), resumed(later), suspended(latest)],
      [{ from: at, until: later }, { from: latest }],
    ],
  ])('are intervals: %s', (_what, events, suspensions) => {
    expect(scopeOf(...events).suspensions).toEqual(suspensions);
  });
});

describe('the end', () => {
  it.each([
    ['is open', [], undefined],
    ['is the one of the notice', [noticed(later)], later],
    ['is the one of the last notice', [noticed(later), noticed(at)], at],
    ['is open again when the notice is withdrawn', [noticed(later), withdrawn], undefined],
    ['is the one on record', [terminated], later],
    ['is the one on record, whatever was announced before', [noticed(latest), terminated], later],
    ['is the one on record, also when a notice is withdrawn after it', [terminated, withdrawn], later],
  ])('%s', (_what, events, end) => {
    expect(scopeEnd(scopeOf(...events))).toBe(end);
  });

  it('is sealed when the contract is closed', () => {
    expect(scopeOf(terminated).isClosed).toBe(false);
    expect(scopeOf(terminated, anyEvent(contractEvents.ContractClosed, {})).isClosed).toBe(true);
  });

  it('does not depend on what was chosen for it', () => {
    expect(scopeOf(anyEvent(contractEvents.EndOfServiceChosen, {}))).toEqual(scopeOf());
  });
});

describe('who may instruct', () => {
  const interval = { from: at, until: latest };
  const authorised = anyEvent(contractEvents.IssuerAuthorised, { issuerId: deputy, interval });
  const revoked = (effectiveAt: Instant): MandateEvent =>
    anyEvent(contractEvents.IssuerRevoked, { issuerId: deputy, effectiveAt });
  const ofTheDeputy = (...events: readonly MandateEvent[]): unknown =>
    scopeOf(...events).issuers.filter(({ issuerId }) => issuerId === deputy);

  it('may for an interval, which a revocation cuts and never lengthens', () => {
    expect(ofTheDeputy(authorised)).toEqual([{ issuerId: deputy, interval }]);
    const cut = { issuerId: deputy, interval: { from: at, until: later } };
    expect(ofTheDeputy(authorised, revoked(later))).toEqual([cut]);
    expect(ofTheDeputy(authorised, revoked(later), revoked(latest))).toEqual([cut]);
  });

  it('keeps the right when another one loses it', () => {
    expect(scopeOf(authorised, revoked(at)).issuers[0]).toEqual(scopeOf().issuers[0]);
  });
});

describe('a sub-processor', () => {
  const announced = anyEvent(contractEvents.SubProcessorAnnounced, {
    subProcessorId,
    countries: [PL],
    objectionUntil: dayAt(later),
  });
  const authorised = anyEvent(contractEvents.SubProcessorAuthorised, {
    subProcessorId,
    countries: [DE],
    effectiveAt: at,
  });
  const objected = anyEvent(contractEvents.SubProcessorObjected, { subProcessorId });
  const dismissed = anyEvent(contractEvents.SubProcessorDismissed, { subProcessorId, effectiveAt: latest });
  const waited = { interval: { from: later }, countries: [PL] };
  const agreedTo = { interval: { from: at }, countries: [DE] };
  const window = { windowClosesAt: later };

  it.each<readonly [string, readonly MandateEvent[], SubProcessorScope]>([
    ['announced: usable after the window', [announced], { uses: [waited], ...window, isObjected: false }],
    ['authorised: usable at once', [authorised], { uses: [agreedTo], isObjected: false }],
    [
      'both: each for its own countries',
      [announced, authorised],
      { uses: [waited, agreedTo], isObjected: false },
    ],
    ['objected to: never', [announced, objected], { uses: [], isObjected: true }],
    ['announced anew', [announced, objected, announced], { uses: [waited], ...window, isObjected: false }],
    [
      'dismissed: until then',
      [authorised, dismissed],
      { uses: [{ interval: { from: at, until: latest }, countries: [DE] }], isObjected: false },
    ],
  ])('%s', (_what, events, expected) => {
    expect(scopeOf(...events).subProcessors).toEqual(new Map([[subProcessorId, expected]]));
  });
});
