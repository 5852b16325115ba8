import type { Instant } from '@mandate/event-sourcing';
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { MandateEvent } from '../../event';
import type { Interval } from '../../vocabulary';
import { Dice, arbitraryThrows } from '../dice';
import { knownOf, type History } from '../history';
import { inquiries, type Question } from '../inquiries';
import { besides, boundaryInstant, boundaryInstants, instantsNamedBy, shifted } from '../instants';
import { law } from './law';
import { plainHistory, plainRequest, type PlainTerm } from './plain-history';

const recordedAt = '2026-01-01T00:00:00.000Z' as Instant;

const isIn = ({ from, until }: Interval, at: Instant): boolean =>
  from <= at && (until === undefined || at < until);

const twoIn = (from: number): fc.Arbitrary<readonly [Instant, Instant]> =>
  fc
    .uniqueArray(boundaryInstant, { minLength: 2, maxLength: 2 })
    .map((instants) => instants.toSorted())
    .map(([one, other]) => [one ?? recordedAt, other ?? shifted(recordedAt, from)]);

const plainTerms: fc.Arbitrary<PlainTerm> = fc
  .record({
    contract: twoIn(1),
    instruction: twoIn(1),
    suspended: fc.option(twoIn(1), { nil: undefined }),
    isOpen: fc.boolean(),
  })
  .map(({ contract, instruction, suspended, isOpen }) => ({
    contract: { from: contract[0], ...(isOpen ? {} : { until: contract[1] }) },
    instruction: { from: instruction[0], until: instruction[1] },
    ...(suspended === undefined ? {} : { suspended: { from: suspended[0], until: suspended[1] } }),
  }));

/** Law 5: from the first millisecond on, up to but not including the end, also where the clocks change. */
export const boundariesAreHalfOpen = law(
  5,
  'contract, instruction and suspension hold from their first millisecond up to, but not including, their end',
  plainTerms,
  (decide, term) => {
    const { contract, instruction, suspended } = term;
    const history = plainHistory(term, recordedAt);
    const ends = [contract, instruction, ...(suspended === undefined ? [] : [suspended])].flatMap(
      ({ from, until }) => [from, until ?? from],
    );
    for (const validAt of [...ends, ...boundaryInstants].flatMap(besides)) {
      const isAllowed =
        isIn(contract, validAt) &&
        isIn(instruction, validAt) &&
        !(suspended !== undefined && isIn(suspended, validAt));
      const { decision } = decide(history, { request: plainRequest, validAt, knownAt: recordedAt });
      assert.equal(decision, isAllowed ? 'allow' : 'deny', `at ${validAt}`);
    }
  },
);

const namedIn = (events: readonly MandateEvent[]): ReadonlySet<Instant> =>
  new Set(events.flatMap(({ data }) => instantsNamedBy(data)));

const checkStillness = (
  decide: (validAt: Instant) => string,
  named: ReadonlySet<Instant>,
  boundary: Instant,
): void => {
  const [before, beforeThat] = [shifted(boundary, -1), shifted(boundary, -2)];
  const after = shifted(boundary, 1);
  if (!named.has(after)) {
    assert.equal(decide(after), decide(boundary), `one millisecond after ${boundary}`);
  }
  if (!named.has(before)) assert.equal(decide(before), decide(beforeThat), `shortly before ${boundary}`);
};

/** Law 5, for any history: an answer changes at an instant that the history names, and at no other. */
export const answersChangeOnlyWhenHistorySaysSo = law(
  5,
  'answers change at the instants that the history names, and not a millisecond later',
  fc.record({ inquiry: inquiries(), throws: arbitraryThrows }),
  (decide, { inquiry, throws }) => {
    const dice = new Dice(throws);
    for (const question of inquiry.questions) {
      const answer = answerOf(decide, inquiry.history, question);
      const known = knownOf(inquiry.history, question.request.contractId, question.knownAt);
      const named = namedIn(known);
      for (const boundary of [question.validAt, dice.pickOr([...named], question.validAt)]) {
        checkStillness(answer, named, boundary);
      }
    }
  },
);

const answerOf =
  (
    decide: (history: History, question: Question) => { readonly decision: string },
    history: History,
    { request, knownAt }: Question,
  ) =>
  (validAt: Instant): string =>
    decide(history, { request, validAt, knownAt }).decision;
