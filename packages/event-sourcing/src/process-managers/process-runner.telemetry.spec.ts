import { describe, expect, it } from '@jest/globals';
import { completed, createOrderScene, placed } from '../testing/order-scene';
import { recordingTelemetry, type RecordedSpan } from '../testing/telemetry-record';

describe('an effect that is watched', () => {
  const spansOf = async (
    answer: ReturnType<typeof createOrderScene>['answer'],
  ): Promise<readonly RecordedSpan[]> => {
    const scene = createOrderScene();
    scene.answer = answer;
    await scene.tell(placed(1));
    const telemetry = recordingTelemetry();
    await scene.startRunner({ telemetry }).run();
    expect(telemetry.spans).toHaveLength(scene.arrivals.length);
    return telemetry.spans.map((span, index) => {
      expect(span.attributes['mandate.effect.id']).toBe(scene.arrivals[index]?.effectId);
      const { 'mandate.effect.id': _id, ...attributes } = span.attributes;
      return { ...span, attributes };
    });
  };
  const attributes = { 'mandate.process': 'order', 'mandate.attempt': 1 };

  it('has a span that says how it ended', async () => {
    const spans = await spansOf(({ step }) => completed(step));
    expect(spans).toContainEqual({
      name: 'mandate.effect',
      attributes: { ...attributes, 'mandate.outcome': 'completed' },
    });
  });

  it('is a failure when it has to be tried again, with the code of the reason', async () => {
    const spans = await spansOf(() => Promise.resolve({ outcome: 'failed', reason: 'store-unreachable' }));
    expect(spans).toContainEqual({
      name: 'mandate.effect',
      attributes: { ...attributes, 'mandate.outcome': 'failed' },
      failure: 'store-unreachable',
    });
  });

  it('tells nothing of what its handler threw', async () => {
    const spans = await spansOf(() => Promise.reject(new Error('anna@example.org')));
    expect(spans.map(({ failure }) => failure)).toContain('handler-threw');
    expect(JSON.stringify(spans)).not.toContain('anna');
  });
});
