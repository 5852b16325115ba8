import type { DenialCode, ProcessingRequest } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import type { EventBehind } from '@mandate/read-models';

/** A reason for which an operation was outside, in words. */
export interface SendLogReason {
  readonly code: DenialCode;
  /** In the language of the check. */
  readonly sentence: string;
  /** Like `GDPR Art. 28(3)(g)`. */
  readonly article: string;
}

/** Where in which log: for a row of CSV the line on which it begins. */
export interface LogPlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

interface FoundOperation extends LogPlace {
  /** When it took place, as the log says. */
  readonly at: Instant;
  /** What was done, without whom it was done to: ids and words of closed lists. */
  readonly request: ProcessingRequest;
  readonly reasons: readonly SendLogReason[];
  /** The events that prove it, in the order of the log. */
  readonly events: readonly EventBehind[];
}

/** An operation that was not permitted by what was on record when it took place (GDPR Art. 28(3)(a), 29). */
export interface Violation extends FoundOperation {
  readonly finding: 'violation';
  /** Whether what was recorded later would permit it. It never legalises what was done before. */
  readonly isPermittedByWhatIsKnownNow: boolean;
}

/**
 * An operation that was permitted by what was on record then, and lies outside by what was recorded afterwards with
 * effect for that time, like a late withdrawal. No violation of then: what has to be looked at now.
 */
export interface LaterUnlawful extends FoundOperation {
  readonly finding: 'later-unlawful';
  /** Those of the events, recorded after the operation, with which it came to lie outside. */
  readonly laterEvents: readonly EventBehind[];
}

export const lineProblems = [
  'not-utf-8',
  'not-json',
  'not-csv',
  'line-too-long',
  'time-unreadable',
  'request-unreadable',
  'log-cut-off',
] as const;

/** Why a line could not be checked. `log-cut-off`: from this line on the log could not be read. */
export type LineProblem = (typeof lineProblems)[number];

/** A line that could not be checked, and so does not count as fine. */
export interface BrokenLine extends LogPlace {
  readonly finding: 'broken';
  readonly problem: LineProblem;
  /** What was expected, and the shape of what was found; never the value, which may be anything. */
  readonly sentence: string;
}

export type SendLogFinding = Violation | LaterUnlawful | BrokenLine;
