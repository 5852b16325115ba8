import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { context, SpanStatusCode, trace, type Meter, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type DataPoint,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { createCommandHandler } from '../command-handling/command-handler';
import type { EventStore } from '../event-store/event-store';
import { EventStoreError } from '../event-store/event-store-error';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { wholeStream } from '../testing/conformance/events';
import { account, accountCodec, addRequest } from '../testing/sample-account';
import type { Telemetry } from '../telemetry/telemetry';
import { watchedEventStore } from '../telemetry/watched-event-store';
import { observeProcess } from './observed-process';
import { observeProjections } from './observed-projections';
import { openTelemetry } from './open-telemetry';

const spans = new InMemorySpanExporter();
const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const tracer = tracers.getTracer('test');

let metrics: InMemoryMetricExporter;
let meters: MeterProvider;
let meter: Meter;
let telemetry: Telemetry;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(async () => {
  context.disable();
  await tracers.shutdown();
});

beforeEach(() => {
  metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });
  meters = new MeterProvider({ readers: [reader] });
  meter = meters.getMeter('test');
  telemetry = openTelemetry({ tracer, meter });
});

afterEach(async () => {
  spans.reset();
  await meters.shutdown();
});

/** The values of a metric, by what is told beside them. */
const observed = async (name: string): Promise<readonly (readonly [number, unknown])[]> => {
  await meters.forceFlush();
  const all =
    metrics
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap(({ metrics: each }) => each) ?? [];
  return all
    .filter(({ descriptor }) => descriptor.name === name)
    .flatMap(({ dataPoints }) => dataPoints as readonly DataPoint<number>[])
    .map(({ value, attributes }) => [value, attributes] as const);
};

const finished = (name: string): readonly ReadableSpan[] =>
  spans.getFinishedSpans().filter((span) => span.name === name);

const handlerOn = (store: EventStore) =>
  createCommandHandler({
    store: watchedEventStore(store, telemetry),
    decider: account,
    codec: accountCodec,
    telemetry,
    pause: () => Promise.resolve(),
  });

describe('a command that is watched', () => {
  it('has a span, and its append has one within', async () => {
    await handlerOn(createInMemoryEventStore())(addRequest(1, [2, 3]));
    const [command] = finished('mandate.command');
    const [append] = finished('mandate.append');
    expect(command?.attributes).toMatchObject({ 'mandate.outcome': 'accepted', 'mandate.attempts': 1 });
    expect(append?.attributes).toMatchObject({ 'mandate.events': 2, 'mandate.version': 2 });
    expect(append?.parentSpanContext?.spanId).toBe(command?.spanContext().spanId);
  });

  it('leaves the trace in its events, and keeps one that is given', async () => {
    const store = createInMemoryEventStore();
    const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const request = addRequest(2, [4]);
    await handlerOn(store)(addRequest(1, [2]));
    await handlerOn(store)({ ...request, metadata: { ...request.metadata, traceparent: given } });
    const { traceId, spanId } = finished('mandate.command')[0]!.spanContext();
    expect((await wholeStream(store, 'account-1')).map(({ metadata }) => metadata.traceparent)).toEqual([
      `00-${traceId}-${spanId}-01`,
      given,
    ]);
  });

  it('belongs to the trace of whoever gives it', async () => {
    const handle = handlerOn(createInMemoryEventStore());
    await tracer.startActiveSpan('caller', async (caller: Span) => {
      await handle(addRequest(1, [2]));
      caller.end();
    });
    const [caller] = finished('caller');
    expect(finished('mandate.command')[0]?.parentSpanContext?.spanId).toBe(caller?.spanContext().spanId);
  });

  it('is told to have been refused', async () => {
    await handlerOn(createInMemoryEventStore())(addRequest(1, [21]));
    expect(finished('mandate.command')[0]).toMatchObject({ attributes: { 'mandate.outcome': 'refused' } });
  });

  it('is counted when another one came first', async () => {
    const store = createInMemoryEventStore();
    const handle = handlerOn(store);
    await Promise.all([handle(addRequest(1, [2])), handle(addRequest(2, [3]))]);
    expect(await observed('mandate.append.conflicts')).toEqual([[1, {}]]);
    expect(finished('mandate.command').map(({ attributes }) => attributes['mandate.attempts'])).toEqual([
      1, 2,
    ]);
    expect(finished('mandate.append').map(({ status }) => status.code)).toContain(SpanStatusCode.ERROR);
  });

  it('has its failure told by a code, without a word of what was thrown', async () => {
    const reason = 'anna@example.org';
    const failing: EventStore = {
      ...createInMemoryEventStore(),
      readStream: () => Promise.reject(new EventStoreError({ kind: 'unavailable', retryable: true, reason })),
    };
    await expect(handlerOn(failing)(addRequest(1, [2]))).rejects.toThrow();
    const [command] = finished('mandate.command');
    expect(command).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'unavailable' },
      events: [],
    });
    expect(command?.status.message).toBeUndefined();
  });

  it.each([
    [new Error('anna@example.org is unknown'), 'Error'],
    [Object.assign(new Error('no'), { code: 'anna@example.org' }), 'Error'],
    [Object.assign(new Error('no'), { name: 'anna@example.org' }), 'unknown'],
    ['anna@example.org', 'unknown'],
  ])('tells nothing of %s but %s', async (thrown, told) => {
    const working = telemetry.inSpan('mandate.effect', {}, () => Promise.reject(thrown as Error));
    await expect(working).rejects.toBe(thrown);
    const [span] = finished('mandate.effect');
    expect(span?.attributes).toEqual({ 'error.type': told });
    expect(JSON.stringify([span?.status, span?.events])).not.toContain('anna');
  });
});

describe('projections that are observed', () => {
  const status = {
    ...{ name: 'doors', version: 2, generation: 3, status: 'active', isLive: true, epoch: 1 },
    lagMs: 1500,
    parked: [{ held: 2 }, { held: 0 }],
  };
  const engineWith = (...statuses: readonly object[]): Parameters<typeof observeProjections>[0] => ({
    status: () => Promise.resolve(statuses as never),
  });
  const attributes = {
    'mandate.projection': 'doors',
    'mandate.projection.version': 2,
    'mandate.projection.generation': 3,
    'mandate.projection.status': 'active',
  };

  it('tell how far they are behind, and how many events wait', async () => {
    const end = observeProjections(engineWith(status), { meter });
    expect(await observed('mandate.projection.lag')).toEqual([[1.5, attributes]]);
    expect(await observed('mandate.projection.parked')).toEqual([[4, attributes]]);
    end();
  });

  it('do not tell of a lag that nobody knows', async () => {
    const { lagMs: _unknown, ...rest } = status;
    const end = observeProjections(engineWith(rest), { meter });
    expect(await observed('mandate.projection.lag')).toEqual([]);
    expect(await observed('mandate.projection.parked')).toEqual([[4, attributes]]);
    end();
  });

  it('tell nothing any more once it is ended', async () => {
    observeProjections(engineWith(status), { meter })();
    expect(await observed('mandate.projection.parked')).toEqual([]);
  });
});

describe('a process that is observed', () => {
  it('tells what is outstanding, what waits for a person, and what was set aside', async () => {
    const outstanding = [{ parked: 'no-eraser' }, {}, {}] as never;
    const end = observeProcess(
      'shipping',
      { outstanding: () => outstanding, setAside: () => [{}] as never },
      { meter },
    );
    const attributes = { 'mandate.process': 'shipping' };
    expect(await observed('mandate.process.outstanding')).toEqual([[3, attributes]]);
    expect(await observed('mandate.process.parked')).toEqual([[1, attributes]]);
    expect(await observed('mandate.process.set_aside')).toEqual([[1, attributes]]);
    end();
  });
});

it('takes the providers of the process when none are given', () => {
  expect(trace.getSpanContext(context.active())).toBeUndefined();
  expect(openTelemetry().traceparent()).toBeUndefined();
});
