import { instantOf, type Instant } from '@mandate/event-sourcing';

/** Stores that all contracts share, each under its one name. */
export const storeNames = ['recipient-database', 'message-archive', 'staff-export'] as const;
export type StoreName = (typeof storeNames)[number];

const idOf = (kind: string, group: number, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(group).padStart(8, '0')}${String(number).padStart(4, '0')}`;

// Nothing but the contract tells one contract's data sets, recipients and numbers from another's.
export const contractIdOf = (contract: number): string => idOf('c', contract, 0);
export const dataSetIdOf = (contract: number, number: number): string => idOf('d', contract, number);
export const retentionIdOf = (contract: number, number: number): string => idOf('e', contract, number);
/** Contracts 1 and 3 have the same controller. */
export const controllerIdOf = (contract: number): string => idOf('b', contract % 2, 0);
export const processorId = idOf('a', 0, 0);
export const issuerId = idOf('f', 0, 0);

const dayMs = 86_400_000;
const startMs = Date.parse('2026-01-02T10:00:00.000Z');

/** Ten o'clock in the morning, that many days after everything began. */
export const dayOf = (days: number): Instant => instantOf(startMs + days * dayMs);

/** The same day as a date by the calendar in the zone of all contracts. */
export const dateOf = (days: number): { readonly date: string; readonly zone: string } => ({
  date: dayOf(days).slice(0, 10),
  zone: 'Europe/Warsaw',
});

export const instantAfter = (instant: Instant, milliseconds: number): Instant =>
  instantOf(Date.parse(instant) + milliseconds);
