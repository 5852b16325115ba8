import { evolveScope, type ContractId, type ContractScope, type MandateEvent } from '@mandate/domain';
import { countLeading, fold, isOnRecordAt, type Instant, type Position } from '@mandate/event-sourcing';

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

/** Adds one more event of its contract to the state. */
export const addKnown = (state: ScopeState, known: KnownEvent): void => {
  const { contractId } = known.event.data;
  const { scope, events } = state.get(contractId) ?? { scope: undefined, events: [] };
  events.push(known);
  state.set(contractId, { scope: evolveScope(scope, known.event), events });
};

export interface DecisionTimes {
  /** When the operation takes place. */
  readonly validAt: Instant;
  /**
   * Judge by what was on record then, or up to that position of the log, with what is recorded in the same millisecond
   * or stands at that position. Absent: by everything on record, also about a `validAt` in the past. Whoever judges what
   * was done then gives both times.
   */
  readonly knownAt?: Instant | Position;
}

/** How many events of a history were on record at an instant, or are up to a position. */
export const eventsKnownAt = (events: readonly KnownEvent[], knownAt: Instant | Position): number =>
  // The log is in the order of recording; what comes later was not known yet.
  countLeading(events, isOnRecordAt(knownAt));

/** The scope that events of one contract come to, from the first one on or on top of what came before them. */
export const scopeAfter = (
  events: readonly KnownEvent[],
  before?: ContractScope,
): ContractScope | undefined =>
  fold(
    evolveScope,
    before,
    events.map(({ event }) => event),
  );
