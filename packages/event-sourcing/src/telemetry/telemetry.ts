/** What is told about a piece of work: ids, types and numbers, never what is in an event. */
export type TelemetryAttributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work while it happens. */
export interface TelemetrySpan {
  readonly set: (attributes: TelemetryAttributes) => void;
  /** The work has failed, though it throws nothing; `code` is like `version-conflict`, never a message. */
  readonly fail: (code: string) => void;
}

/**
 * Watches the library at work. `@mandate/event-sourcing/opentelemetry` makes one out of OpenTelemetry; without one
 * nothing is watched, and nothing is paid for it. What it throws is dropped, and changes nothing.
 */
export interface Telemetry {
  /**
   * Does work within a span; what it throws makes the span a failed one, is told by its code only, since its message may
   * quote anything, and is thrown on.
   */
  readonly inSpan: <T>(
    name: SpanName,
    attributes: TelemetryAttributes,
    work: (span: TelemetrySpan) => Promise<T>,
  ) => Promise<T>;
  /** Counts something that has happened. */
  readonly count: (name: CounterName, attributes: TelemetryAttributes) => void;
  /** The trace that this moment belongs to, as W3C Trace Context has it; absent: none. */
  readonly traceparent: () => string | undefined;
}

/** The works that are watched. */
export type SpanName = 'mandate.command' | 'mandate.append' | 'mandate.projection.batch' | 'mandate.effect';

/** What is counted: appends that came too late, because another one came first. */
export type CounterName = 'mandate.append.conflicts';

/** The span of what nobody watches. */
export const unwatched: TelemetrySpan = { set: () => undefined, fail: () => undefined };

/** Watches nothing. */
export const noTelemetry: Telemetry = {
  inSpan: (_name, _attributes, work) => work(unwatched),
  count: () => undefined,
  traceparent: () => undefined,
};
