import { evolveScope, type ContractScope, type MandateEvent } from '@mandate/domain';
import type { Instant, Position } from '@mandate/event-sourcing';
import type { ContractId } from '@mandate/domain';

/** One event of a contract's history, with when it was recorded. */
export interface KnownEvent {
  readonly event: MandateEvent;
  readonly recordedAt: Instant;
  readonly position: Position;
}

/** A contract's scope as of now, and the history behind it. */
export interface ContractHistory {
  readonly scope: ContractScope | undefined;
  readonly events: KnownEvent[];
}

export type ScopeState = Map<ContractId, ContractHistory>;

/** The scope after the events that were on record by an instant. */
export const scopeKnownAt = ({ events }: ContractHistory, knownAt: Instant): ContractScope | undefined => {
  let scope: ContractScope | undefined;
  for (const { event, recordedAt } of events) {
    // The log is in the order of recording; what comes later was not known yet.
    if (knownAt < recordedAt) break;
    scope = evolveScope(scope, event);
  }
  return scope;
};
