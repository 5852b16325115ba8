import type { Instant } from '@mandate/event-sourcing';
import { story } from './written-file';

const { contractId, dataSetId } = story;

/** Instants at which storing is permitted, is unlawful by what was recorded later, and was a violation. */
export const sendTimes = {
  permitted: '2026-03-10T10:00:00.000Z' as Instant,
  laterUnlawful: '2026-06-10T10:00:00.000Z' as Instant,
  violation: '2026-07-10T10:00:00.000Z' as Instant,
};

/** A line of a log of operations, with a person in it that nobody asked for. */
export const sendAt = (at: string, more: object = {}): string =>
  `${JSON.stringify({ recipient: 'anna@example.com', at, operation: 'store', contractId, dataSetId, ...more })}\n`;
