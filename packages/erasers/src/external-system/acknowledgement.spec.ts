import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signDocument, type ErasureOrder } from '@mandate/deletion';
import { because, eraserIn, whenAsked } from '../testing/http-harness';
import { ourKey, strangeKey, theirKey } from '../testing/keys';
import { nthOrder, order, tickingClock } from '../testing/orders';
import { placeOf, startOtherSystem, type Misbehaviour, type OtherSystem } from '../testing/other-system';
import { signAcknowledgement, type ErasureStatement } from './acknowledgement';

const clock = tickingClock();
let system: OtherSystem;
beforeEach(async () => {
  system = await startOtherSystem(clock);
  system.items.set(placeOf(order), ['anna.canary@example.com']);
});
afterEach(() => system.close());

const eraser = () => eraserIn(system, { clock });

const statement: ErasureStatement = {
  method: 'row-deletion',
  found: 1,
  erased: 1,
  firstActionAt: clock(),
  lastActionAt: clock(),
};

const saysCompleted = (acknowledgement: unknown): Misbehaviour =>
  whenAsked(() => ({ status: 200, body: { request_status: 'completed', acknowledgement } }));

describe('what is no acknowledgement of this order makes no receipt', () => {
  const other: ErasureOrder = {
    ...order,
    dataSetId: order.contractId as string as ErasureOrder['dataSetId'],
  };
  const genuine = signAcknowledgement(order, statement, theirKey);

  it('though the same words with the right signature would', async () => {
    system.misbehaves = saysCompleted(genuine);
    expect(await eraser()(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
  });

  const lies: readonly (readonly [string, unknown])[] = [
    ['none at all', undefined],
    ['a word', 'done'],
    ['of an earlier order for the same data', signAcknowledgement(nthOrder(2), statement, theirKey)],
    ['of another data set', signAcknowledgement(other, statement, theirKey)],
    ['signed by somebody', signAcknowledgement(order, statement, strangeKey)],
    ['signed by ourselves', signAcknowledgement(order, statement, ourKey)],
    ['changed afterwards', { ...genuine, contents: { ...genuine.contents, found: 0, erased: 0 } }],
    [
      'with a field more',
      { ...genuine, contents: { ...genuine.contents, remark: 'anna.canary@example.com' } },
    ],
    ['with a signed field more', signDocument({ ...genuine.contents, remark: 'x' }, theirKey)],
    ['with a count that is none', signDocument({ ...genuine.contents, found: -1, erased: -1 }, theirKey)],
    [
      'of another kind',
      signDocument({ ...genuine.contents, format: 'mandate-deletion-certificate/1' }, theirKey),
    ],
    [
      'whose key id is borrowed',
      {
        ...signAcknowledgement(order, statement, strangeKey),
        signature: {
          ...signAcknowledgement(order, statement, strangeKey).signature,
          keyId: genuine.signature.keyId,
        },
      },
    ],
  ];

  it.each(lies)('%s', async (_what, acknowledgement) => {
    system.misbehaves = saysCompleted(acknowledgement);
    expect(await eraser()(order)).toEqual(because('acknowledgement-not-genuine'));
  });

  it('nor one that is honest about what is left', async () => {
    system.misbehaves = saysCompleted(signAcknowledgement(order, { ...statement, found: 2 }, theirKey));
    expect(await eraser()(order)).toEqual(because('erasure-incomplete'));
  });

  it.each(['', 'null', '[]', '{"request_status":"completed"', '<html>', '{"request_status":"done"}'])(
    'nor an answer like %j',
    async (body) => {
      system.misbehaves = whenAsked(() => ({ status: 200, body }));
      expect(await eraser()(order)).toEqual(because('acknowledgement-not-genuine'));
    },
  );
});
