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

/** When the last event was recorded. */
export const lastRecordedAt = (history: History): Instant =>
  history.at(-1)?.recordedAt ?? ('2026-01-01T00:00:00.000Z' as Instant);

/** A history with each event replaced by none, one or several. */
export const edited = (history: History, edit: (event: MandateEvent) => readonly MandateEvent[]): History =>
  history.flatMap(({ recordedAt, event }) => edit(event).map((each) => ({ recordedAt, event: each })));

/** A history without the events that a condition holds for. */
export const without = (history: History, isUnwanted: (event: MandateEvent) => boolean): History =>
  history.filter(({ event }) => !isUnwanted(event));

/** A history with events recorded at its end. */
export const followedBy = (
  history: History,
  events: readonly MandateEvent[],
  recordedAt: Instant = lastRecordedAt(history),
): History => [...history, ...events.map((event) => ({ recordedAt, event }))];
