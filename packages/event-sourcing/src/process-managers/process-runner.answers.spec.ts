import { describe, expect, it } from '@jest/globals';
import type { EffectOutcome } from './process-manager';
import { createOrderScene, placed, recordOf } from '../testing/order-scene';
import type { OrderEffect } from '../testing/sample-order';

describe('what an effect is answered with', () => {
  const reasonsAfter = async (
    answer: (effect: OrderEffect) => EffectOutcome,
  ): Promise<readonly unknown[]> => {
    const scene = createOrderScene();
    scene.answer = answer;
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run();
    const log = JSON.stringify(await scene.store.readAll());
    expect(log).not.toContain('anna@example.com');
    return (await recordOf(scene.store, 1)).flatMap(({ type, data }) =>
      'reason' in data ? [[type, data.reason]] : [],
    );
  };

  it.each(['anna@example.com', 'Store-Unreachable', 'has spaces', '', '1st', 'x'.repeat(65)])(
    'is kept as unspecified where the reason is no code but %j',
    async (reason) => {
      expect(await reasonsAfter(() => ({ outcome: 'impossible', reason }))).toEqual([
        ['EffectParked', 'unspecified'],
        ['EffectParked', 'unspecified'],
      ]);
    },
  );

  it('is kept as it is where the reason is a code', async () => {
    expect(await reasonsAfter(() => ({ outcome: 'failed', reason: 'store-unreachable' }))).toEqual([
      ['EffectFailed', 'store-unreachable'],
      ['EffectFailed', 'store-unreachable'],
    ]);
  });

  it('is a failure without the words of what was thrown', async () => {
    expect(
      await reasonsAfter(() => {
        throw new Error('no mailbox anna@example.com');
      }),
    ).toEqual([
      ['EffectFailed', 'handler-threw'],
      ['EffectFailed', 'handler-threw'],
    ]);
  });

  it.each<[what: string, result: unknown]>([
    ['a BigInt', { bytes: 10n }],
    ['a NaN', { share: Number.NaN }],
    ['a text', 'done'],
    ['nothing', undefined],
    ['more than fits into an event', { log: 'x'.repeat(600_000) }],
  ])(
    'parks the effect where its result holds %s, which cannot be recorded, instead of asking for ever',
    async (_, result) => {
      expect(await reasonsAfter(() => ({ outcome: 'completed', result: result as never }))).toEqual([
        ['EffectParked', 'result-not-storable'],
        ['EffectParked', 'result-not-storable'],
      ]);
    },
  );
});
