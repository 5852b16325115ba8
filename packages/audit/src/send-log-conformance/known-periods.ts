import { boundariesOf, type ContractId } from '@mandate/domain';
import { countLeading, type Instant } from '@mandate/event-sourcing';
import type { KnownEvent } from '@mandate/read-models';
import type { RecordedDecisions } from './recorded-decisions';

/** Part of time, half-open; without a bound where there is none. */
export interface Period {
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
}

/**
 * Answers in which part of time around an instant the same is on record and the same holds, both by what was known then
 * and by what is known now: within it, one answer serves every line with the same words.
 */
export const knownPeriods = (
  decisions: Pick<RecordedDecisions, 'historyOf' | 'scopeOf' | 'isReadable'>,
): ((contractId: ContractId, at: Instant) => Period) => {
  const boundsBetween = new WeakMap<KnownEvent, readonly Instant[]>();
  const always: Period = { from: undefined, until: undefined };

  const boundsOf = (contractId: ContractId, knownAt: Instant | undefined): readonly Instant[] => {
    const now = decisions.scopeOf(contractId);
    const then = knownAt === undefined ? undefined : decisions.scopeOf(contractId, knownAt);
    const bounds = [now, then].flatMap((scope) => (scope === undefined ? [] : boundariesOf(scope)));
    return [...new Set(bounds)].sort();
  };

  const boundsAfter = (contractId: ContractId, last: KnownEvent): readonly Instant[] => {
    const bounds = boundsBetween.get(last) ?? boundsOf(contractId, last.recordedAt);
    boundsBetween.set(last, bounds);
    return bounds;
  };

  return (contractId, at) => {
    if (!decisions.isReadable(contractId)) return always;
    const events = decisions.historyOf(contractId);
    const known = countLeading(events, ({ recordedAt }) => recordedAt <= at);
    const [last, next] = [events[known - 1], events[known]];
    const bounds = last === undefined ? boundsOf(contractId, undefined) : boundsAfter(contractId, last);
    const passed = countLeading(bounds, (bound) => bound <= at);
    return {
      from: later(last?.recordedAt, bounds[passed - 1]),
      until: earlier(next?.recordedAt, bounds[passed]),
    };
  };
};

const later = (one: Instant | undefined, other: Instant | undefined): Instant | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? other : one;
};

const earlier = (one: Instant | undefined, other: Instant | undefined): Instant | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
};
