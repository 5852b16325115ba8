import {
  context,
  isSpanContextValid,
  metrics,
  SpanStatusCode,
  trace,
  type Counter,
  type Meter,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { codeOf } from '../telemetry/code-of';
import type { CounterName, Telemetry, TelemetrySpan } from '../telemetry/telemetry';

export interface OpenTelemetryOptions {
  /** Default: that of the global provider, for the scope `mandate`. */
  readonly tracer?: Tracer;
  /** Default: that of the global provider, for the scope `mandate`. */
  readonly meter?: Meter;
}

/** The name under which this library asks the global providers for tracer and meter. */
export const instrumentationScope = 'mandate';

// No exception is recorded: its message and its stack may quote anything, somebody's address among it.
const failWith = (span: Span, code: string): void => {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
};

const spanOf = (span: Span): TelemetrySpan => ({
  set: (attributes) => void span.setAttributes(attributes),
  fail: (code) => {
    failWith(span, code);
  },
});

const traceparent = (): string | undefined => {
  const spanContext = trace.getSpanContext(context.active());
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return undefined;
  const flags = spanContext.traceFlags.toString(16).padStart(2, '0');
  return `00-${spanContext.traceId}-${spanContext.spanId}-${flags}`;
};

/**
 * Spans and counters by way of OpenTelemetry. They hold ids, types, numbers and codes; no event data, no messages of
 * errors. What is observed rather than counted (lag, parked items) has functions of its own.
 */
export const openTelemetry = (options: OpenTelemetryOptions = {}): Telemetry => {
  const tracer = options.tracer ?? trace.getTracer(instrumentationScope);
  const meter = options.meter ?? metrics.getMeter(instrumentationScope);
  const counters: Readonly<Record<CounterName, Counter>> = {
    'mandate.append.conflicts': meter.createCounter('mandate.append.conflicts', {
      description: 'Appends that came too late, because another one came first.',
    }),
  };

  return {
    inSpan: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work(spanOf(span));
        } catch (error) {
          failWith(span, codeOf(error));
          throw error;
        } finally {
          span.end();
        }
      }),
    count: (name, attributes) => {
      counters[name].add(1, attributes);
    },
    traceparent,
  };
};
