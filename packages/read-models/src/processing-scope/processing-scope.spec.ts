import { describe, expect, it } from '@jest/globals';
import type { ProcessingRequest } from '@mandate/domain';
import { dataSetEvents, contractEvents, nth, type RecordedMandateEvent } from '@mandate/domain/testing';
import type { Instant } from '@mandate/event-sourcing';
import { createFaultStore } from '@mandate/event-sourcing/testing';
import fc from 'fast-check';
import { recordingStore, storeWith, type RecordingStore } from '../testing/recorded-history';
import { createProcessingScope } from './processing-scope';

const [one, other] = [nth.contractId(1), nth.contractId(2)];
const validAt = '2026-04-01T00:00:00.000Z' as Instant;
const recordedAt = '2026-03-01T00:00:00.000Z' as Instant;

const sampled = <T>(arbitrary: fc.Arbitrary<T>): T => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!;

const startedOf = (
  contractId: typeof one,
  dataSetId: ReturnType<typeof nth.dataSetId>,
): readonly RecordedMandateEvent[] => {
  const concluded = sampled(contractEvents.ContractConcluded);
  const entrusted = sampled(dataSetEvents.DataSetEntrusted);
  const startsAt = { ...concluded.data.startsAt, at: recordedAt };
  return [
    { recordedAt, event: { ...concluded, data: { ...concluded.data, contractId, startsAt } } },
    { recordedAt, event: { ...entrusted, data: { ...entrusted.data, contractId, dataSetId } } },
  ];
};

const twoContracts = (): Promise<RecordingStore> =>
  storeWith([...startedOf(one, nth.dataSetId(1)), ...startedOf(other, nth.dataSetId(2))]);

const storing = (contractId: typeof one, number: number): ProcessingRequest => ({
  operation: 'store',
  contractId,
  dataSetId: nth.dataSetId(number),
});

const notCurrent = { decision: 'deny', reasons: [{ reason: 'scope-not-current' }] };

const amended = { type: 'ContractAmended', schemaVersion: 1 } as const;

describe('an event that cannot be read', () => {
  it('denies everything under its contract, and nothing under another', async () => {
    const { store, recordRaw } = await twoContracts();
    await recordRaw({ ...amended, data: { contractId: one, terms: 'none' } }, `contract-${one}`);
    const scope = createProcessingScope(store);
    await scope.catchUp();
    expect(scope.decide(storing(one, 1), { validAt })).toEqual(notCurrent);
    expect(scope.decide(storing(one, 1), { validAt, knownAt: recordedAt })).toEqual(notCurrent);
    expect(scope.decide(storing(other, 2), { validAt })).toMatchObject({ decision: 'allow' });
  });

  it('denies everything under every contract when it does not say to which one it belongs', async () => {
    for (const data of [{}, { contractId: 7 }, { contractId: null }]) {
      const { store, recordRaw } = await twoContracts();
      await recordRaw({ ...amended, data }, 'contract-of-nobody');
      const scope = createProcessingScope(store);
      await scope.catchUp();
      expect(scope.decide(storing(one, 1), { validAt })).toEqual(notCurrent);
      expect(scope.decide(storing(other, 2), { validAt })).toEqual(notCurrent);
    }
  });

  it('is named with its place and what is wrong with it, and counts what waits behind it', async () => {
    const { store, recordRaw, record } = await twoContracts();
    const position = await recordRaw(
      { ...amended, data: { contractId: one, effectiveAt: 'anna@example.com' } },
      `contract-${one}`,
    );
    for (const event of startedOf(one, nth.dataSetId(3)).slice(1)) await record(event);
    const scope = createProcessingScope(store);
    await scope.catchUp();
    expect(scope.parked()).toEqual([
      {
        partition: one,
        position,
        stream: `contract-${one}`,
        type: 'ContractAmended',
        reason: expect.stringMatching(/effectiveAt: expected instant .*, found a string of 16 characters/),
        held: 1,
      },
    ]);
    expect(JSON.stringify(scope.parked())).not.toContain('anna');
  });

  it('of a schema version that is not known yet counts as one that cannot be read', async () => {
    const { store, record, recordRaw } = recordingStore();
    for (const event of startedOf(one, nth.dataSetId(1))) await record(event);
    await recordRaw({ ...amended, schemaVersion: 99, data: { contractId: one } }, `contract-${one}`);
    const scope = createProcessingScope(store);
    await scope.catchUp();
    expect(scope.decide(storing(one, 1), { validAt })).toEqual(notCurrent);
  });
});

describe('a store that fails', () => {
  it('makes reading fail; what was read before stays, and the next reading goes on from there', async () => {
    const { store, record } = await twoContracts();
    // The second reading fails, before or after the store has done its part.
    for (const fault of ['fail-before', 'lose-acknowledgement'] as const) {
      const failing = createFaultStore(store, { faults: [{ call: 2, operation: 'readAll', fault }] });
      const scope = createProcessingScope(failing);
      await scope.catchUp();
      await expect(scope.catchUp()).rejects.toMatchObject({ code: 'unavailable' });
      expect(scope.decide(storing(one, 1), { validAt })).toMatchObject({ decision: 'allow' });
      await scope.catchUp();
      expect(scope.historyOf(one)).toHaveLength(2);
    }
    const [, another] = startedOf(one, nth.dataSetId(4));
    const position = await record(another!);
    const failing = createFaultStore(store, {
      faults: [{ call: 1, operation: 'readAll', fault: 'fail-before' }],
    });
    const scope = createProcessingScope(failing);
    await expect(scope.waitFor(position)).rejects.toMatchObject({ code: 'unavailable' });
    await scope.waitFor(position);
    expect(scope.historyOf(one)).toHaveLength(3);
  });

  it('that is closed says so', async () => {
    const { store } = await twoContracts();
    await store.close();
    await expect(createProcessingScope(store).catchUp()).rejects.toMatchObject({ code: 'store-closed' });
  });
});

describe('waiting', () => {
  it('for nothing needs no reading', async () => {
    const { store } = await twoContracts();
    await store.close();
    await createProcessingScope(store).waitFor(undefined);
  });

  it('for a position that the log does not have fails rather than lasts for ever', async () => {
    const { store } = await twoContracts();
    const beyond = `${store.storeId}:99` as never;
    await expect(createProcessingScope(store).waitFor(beyond)).rejects.toMatchObject({
      code: 'position-beyond-head',
    });
  });
});

describe('a scope', () => {
  it('of a contract that nobody concluded allows nothing', async () => {
    const scope = createProcessingScope((await twoContracts()).store);
    await scope.catchUp();
    expect(scope.decide(storing(nth.contractId(9), 1), { validAt })).toEqual({
      decision: 'deny',
      reasons: [{ reason: 'contract-unknown' }],
    });
    expect(scope.historyOf(nth.contractId(9))).toEqual([]);
  });

  it('does not show one contract the data of another', async () => {
    const scope = createProcessingScope((await twoContracts()).store);
    await scope.catchUp();
    expect(scope.decide(storing(one, 2), { validAt })).toEqual({
      decision: 'deny',
      reasons: [{ reason: 'data-set-unknown' }],
    });
  });
});
