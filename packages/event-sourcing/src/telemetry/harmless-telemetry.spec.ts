import { describe, expect, it } from '@jest/globals';
import { createCommandHandler } from '../command-handling/command-handler';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { wholeStream } from '../testing/conformance/events';
import { completed, createOrderScene, placed } from '../testing/order-scene';
import { account, accountCodec, addRequest } from '../testing/sample-account';
import { harmlessTelemetry } from './harmless-telemetry';
import type { Telemetry, TelemetrySpan } from './telemetry';
import { watchedEventStore } from './watched-event-store';

const broken = (): never => {
  throw new Error('exporter broke');
};

const span: TelemetrySpan = { set: () => undefined, fail: () => undefined };

const working: Telemetry = {
  inSpan: (_name, _attributes, work) => work(span),
  count: () => undefined,
  traceparent: () => undefined,
};

const brokenOnes: readonly (readonly [string, Telemetry])[] = [
  ['fails before the work', { ...working, inSpan: broken }],
  ['never begins the work', { ...working, inSpan: () => Promise.resolve(undefined as never) }],
  [
    'begins the work twice',
    {
      ...working,
      inSpan: async (_name, _attributes, work) => {
        await work(span);
        return work(span);
      },
    },
  ],
  [
    'fails after the work',
    {
      ...working,
      inSpan: async (_name, _attributes, work) => {
        await work(span).catch(() => undefined);
        return broken();
      },
    },
  ],
  [
    'answers something else',
    {
      ...working,
      inSpan: async (_name, _attributes, work) => {
        await work(span);
        return 'something else' as never;
      },
    },
  ],
  ['takes no attributes', { ...working, inSpan: (_n, _a, work) => work({ set: broken, fail: broken }) }],
  ['cannot count', { ...working, count: broken }],
  ['knows no trace', { ...working, traceparent: broken }],
];

describe.each(brokenOnes)('telemetry that %s', (_, telemetry) => {
  it('changes nothing in what is done, or in what came of it', async () => {
    const { inSpan, count, traceparent } = harmlessTelemetry(telemetry);
    let times = 0;
    const done = inSpan('mandate.command', {}, (given) => {
      times += 1;
      given.set({ a: 1 });
      given.fail('a');
      return Promise.resolve('done');
    });
    expect(await done).toBe('done');
    const failure = new Error('the work failed');
    await expect(inSpan('mandate.command', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(times).toBe(1);
    count('mandate.append.conflicts', {});
    expect(traceparent()).toBeUndefined();
  });

  it('lets commands be recorded and overtaken as without it', async () => {
    const store = createInMemoryEventStore();
    const handle = createCommandHandler({
      store: watchedEventStore(store, telemetry),
      decider: account,
      codec: accountCodec,
      telemetry,
      pause: () => Promise.resolve(),
    });
    const outcomes = await Promise.all([handle(addRequest(1, [2])), handle(addRequest(2, [3]))]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(await wholeStream(store, 'account-1')).toHaveLength(2);
  });

  it('lets every effect be carried out and recorded once', async () => {
    const scene = createOrderScene();
    scene.answer = ({ step }) => completed(step);
    await scene.tell(placed(1));
    const runner = scene.startRunner({ telemetry });
    await runner.run();
    await runner.run();
    expect(scene.arrivals).toHaveLength(2);
    expect(runner.outstanding()).toEqual([]);
  });
});
