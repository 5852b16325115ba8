import type { DecodeIssue, Position, Version } from '@mandate/event-sourcing';

/** The command was carried out, now or when it was given before with the same `commandId`. */
export interface Accepted<Event> {
  readonly outcome: 'accepted';
  readonly stream: string;
  readonly version: Version;
  readonly position: Position | undefined;
  /** What happened; empty when there was nothing left to do. */
  readonly events: readonly Event[];
}

/** The rules say no. Nothing was recorded. */
export interface Refused<Rejection> {
  readonly outcome: 'refused';
  /** The stable code of the reason. */
  readonly code: string;
  /** The facts behind it. */
  readonly rejection: Rejection;
  /** What it means and what to do, for a person. */
  readonly sentence: string;
  /** Where the rule is written. */
  readonly article: string;
}

/** The input could not be understood. Nothing was recorded. */
export interface Invalid {
  readonly outcome: 'invalid';
  readonly issues: readonly DecodeIssue[];
  /** All issues as sentences, for a person. */
  readonly sentence: string;
}

/** What came of a command. Faults (a store that cannot be reached) reject the promise instead. */
export type CommandResult<Event, Rejection> = Accepted<Event> | Refused<Rejection> | Invalid;

/** Who gives a command, and as which one. */
export interface CommandOptions {
  /** An opaque id of the person or system that acts; never a name or an address. */
  readonly actor: string;
  /** A UUID; the same one again returns the first outcome. Default: a new one. */
  readonly commandId?: string;
  /** The conversation it belongs to. Default: the command itself. */
  readonly correlationId?: string;
  /** What caused it. Default: the command itself. */
  readonly causationId?: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
}

/** Whether a command was refused for one of some reasons. */
export const isRefusedFor = (result: CommandResult<unknown, unknown>, codes: readonly string[]): boolean =>
  result.outcome === 'refused' && codes.includes(result.code);
