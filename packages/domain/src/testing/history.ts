import type { Instant } from '@mandate/event-sourcing';
import type { MandateEvent } from '../event';
import type { ContractId } from '../vocabulary';

/** An event, and when the store recorded it. */
export interface RecordedMandateEvent {
  readonly recordedAt: Instant;
  readonly event: MandateEvent;
}

/** Events of any number of contracts, in the order in which they were recorded. */
export type History = readonly RecordedMandateEvent[];

/** The events of one contract that were on record at an instant. */
export const knownOf = (
  history: History,
  contractId: ContractId,
  knownAt: Instant,
): readonly MandateEvent[] =>
  history
    .filter(({ recordedAt, event }) => recordedAt <= knownAt && event.data.contractId === contractId)
    .map(({ event }) => event);
