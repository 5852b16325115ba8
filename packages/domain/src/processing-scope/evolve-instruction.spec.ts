import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import type { InstructionContent } from '../processing-instruction';
import { contractEvents, instructionEvents, nth } from '../testing';
import type { Clause } from '../vocabulary';
import { evolveScope } from './evolve';
import type { ContractScope, InstructionScope } from './scope';

const [start, at, later, latest] = ['03-01', '03-29', '04-15', '05-01'].map(
  (day) => `2026-${day}T01:00:00.000Z`,
) as readonly string[] as readonly [Instant, Instant, Instant, Instant];
const contractId = nth.contractId(1);
const [instructionId, other] = [nth.instructionId(1), nth.instructionId(2)];

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, contractId, ...data } };
};

const sampled = anyEvent(instructionEvents.InstructionAmended, {}).data.content;
const from = (instant: Instant): InstructionContent => ({ ...sampled, interval: { from: instant } });
const issued: MandateEvent = {
  type: 'InstructionIssued',
  data: { contractId, instructionId, entitlement: 'authorised', content: from(start) },
};

const scopeOf = (...events: readonly MandateEvent[]): ContractScope =>
  [anyEvent(contractEvents.ContractConcluded, {}), ...events].reduce<ContractScope | undefined>(
    evolveScope,
    undefined,
  )!;
const instructionOf = (...events: readonly MandateEvent[]): InstructionScope =>
  scopeOf(issued, ...events).instructions.get(instructionId)!;

const amended = (effectiveAt: Instant, content = from(effectiveAt)): MandateEvent =>
  anyEvent(instructionEvents.InstructionAmended, { instructionId, effectiveAt, content });
const suspended = anyEvent(instructionEvents.InstructionSuspended, { instructionId, effectiveAt: at });
const resumed = anyEvent(instructionEvents.InstructionResumed, { instructionId, effectiveAt: later });
const clauses = ['2' as Clause] as const;
const contested = (effectiveAt: Instant): MandateEvent =>
  anyEvent(instructionEvents.InstructionContested, { instructionId, effectiveAt, clauses });
const confirmed = anyEvent(instructionEvents.InstructionConfirmed, { instructionId, effectiveAt: later });

describe('an instruction that is issued', () => {
  it('has one version, which takes effect when its own interval begins', () => {
    expect(instructionOf()).toEqual({
      instructionId,
      entitlement: 'authorised',
      versions: [{ version: 1, effectiveAt: start, content: from(start) }],
      suspensions: [],
      contests: [],
      endings: [],
    });
  });

  it('says which one it supersedes, and whether its issuer was entitled', () => {
    const data = { contractId, instructionId, entitlement: 'unknown-issuer', content: from(at) } as const;
    const scope = scopeOf({ type: 'InstructionIssued', data: { ...data, supersedes: other } });
    expect(scope.instructions.get(instructionId)).toMatchObject({
      entitlement: 'unknown-issuer',
      supersedes: other,
    });
  });

  it('is issued once: what happened since is not unsaid', () => {
    expect(instructionOf(suspended, issued)).toEqual(instructionOf(suspended));
  });

  it('leaves every other one alone, and one that was never issued does not appear', () => {
    const elsewhere = anyEvent(instructionEvents.InstructionWithdrawn, {
      instructionId: other,
      effectiveAt: at,
    });
    expect(scopeOf(issued, elsewhere)).toEqual(scopeOf(issued));
  });
});

describe('the versions of an instruction', () => {
  const numbered = (...events: readonly MandateEvent[]): readonly (readonly [number, Instant])[] =>
    instructionOf(...events).versions.map(({ version, effectiveAt }) => [version, effectiveAt]);

  it('are numbered in the order in which they take effect', () => {
    expect(numbered(amended(at), amended(later))).toEqual([
      [1, start],
      [2, at],
      [3, later],
    ]);
  });

  it('that were planned are replaced by one given later for an earlier or the same instant', () => {
    expect(numbered(amended(later), amended(at))).toEqual([
      [1, start],
      [2, at],
    ]);
    expect(numbered(amended(at), amended(at))).toEqual([
      [1, start],
      [2, at],
    ]);
    expect(numbered(amended(start))).toEqual([[1, start]]);
  });
});

describe('what interrupts an instruction', () => {
  it('is a suspension, until it is resumed', () => {
    expect(instructionOf(suspended).suspensions).toEqual([{ from: at }]);
    expect(instructionOf(suspended, suspended, resumed).suspensions).toEqual([{ from: at, until: later }]);
    expect(instructionOf(resumed).suspensions).toEqual([]);
  });

  it('is a contest, until the controller answers by insisting or by another wording', () => {
    expect(instructionOf(contested(at)).contests).toEqual([{ interval: { from: at }, clauses }]);
    const answered = [{ interval: { from: at, until: later }, clauses }];
    expect(instructionOf(contested(at), confirmed).contests).toEqual(answered);
    expect(instructionOf(contested(at), amended(later)).contests).toEqual(answered);
    expect(instructionOf(contested(at), confirmed, confirmed).contests).toEqual(answered);
  });

  it('is one contest at a time, and a new one after the answer', () => {
    expect(instructionOf(contested(at), contested(later)).contests).toHaveLength(1);
    expect(instructionOf(contested(at), confirmed, contested(latest)).contests).toEqual([
      { interval: { from: at, until: later }, clauses },
      { interval: { from: latest }, clauses },
    ]);
  });

  it('is no contest where nobody contests', () => {
    expect(instructionOf(confirmed)).toEqual(instructionOf());
  });
});

describe('an instruction ends', () => {
  const ids = { instructionId, effectiveAt: at };

  it.each([
    ['withdrawn', anyEvent(instructionEvents.InstructionWithdrawn, ids)],
    ['refused', anyEvent(instructionEvents.InstructionRefused, ids)],
    ['superseded', anyEvent(instructionEvents.InstructionSuperseded, { ...ids, supersededBy: other })],
  ])('when it is %s, from that instant on', (ending, event) => {
    expect(instructionOf(event)).toEqual({ ...instructionOf(), endings: [{ ending, at }] });
  });
});
