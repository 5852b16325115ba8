import { describe, expect, it } from '@jest/globals';
import type { ProcessingRequest } from '@mandate/domain';
import { contractEvents, dataSetEvents, nth, type RecordedMandateEvent } from '@mandate/domain/testing';
import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { storeWith, type RecordingStore } from '../testing/recorded-history';
import type { Permit } from './decision-index';
import { createProcessingScope, type ProcessingScope } from './processing-scope';

const [one, other] = [nth.contractId(1), nth.contractId(2)];
const recordedAt = '2026-03-01T00:00:00.000Z' as Instant;
const endsAt = '2026-09-30T22:00:00.000Z' as Instant;
const [startMs, endMs] = [Date.parse(recordedAt), Date.parse(endsAt)];

const sampled = <T>(arbitrary: fc.Arbitrary<T>): T => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!;

const ofContract = (contractId: typeof one, number: number): readonly RecordedMandateEvent[] => {
  const concluded = sampled(contractEvents.ContractConcluded);
  const entrusted = sampled(dataSetEvents.DataSetEntrusted);
  const notice = sampled(contractEvents.TerminationNoticeGiven);
  const [startsAt, ends] = [recordedAt, endsAt].map((at) => ({ ...concluded.data.startsAt, at }));
  const dataSetId = nth.dataSetId(number);
  return [
    { ...concluded, data: { ...concluded.data, contractId, startsAt: startsAt ?? concluded.data.startsAt } },
    { ...entrusted, data: { ...entrusted.data, contractId, dataSetId } },
    { ...notice, data: { ...notice.data, contractId, endsAt: ends ?? notice.data.endsAt } },
  ].map((event) => ({ recordedAt, event }));
};

const storing = (contractId: typeof one, number: number): ProcessingRequest => ({
  operation: 'store',
  contractId,
  dataSetId: nth.dataSetId(number),
});

const opened = async (): Promise<RecordingStore & { readonly scope: ProcessingScope }> => {
  const recording = await storeWith([...ofContract(one, 1), ...ofContract(other, 2)]);
  const scope = createProcessingScope(recording.store);
  await scope.catchUp();
  return { ...recording, scope };
};

const permitted = (scope: ProcessingScope, request: ProcessingRequest, atMs: number): Permit => {
  const answer = scope.permit(request, atMs);
  if (answer.decision === 'deny') throw new Error(`denied: ${answer.reasons[0].reason}`);
  return answer;
};

describe('a permit', () => {
  it('says what it rests on, where the history stood, and for how long it holds', async () => {
    const { scope } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    expect(permit.bases).toMatchObject([{ kind: 'contract', contractId: one, operation: 'store' }]);
    expect(permit.decidedAt).toBe(scope.historyOf(one).at(-1)?.position);
    expect([permit.holdsFrom, permit.holdsUntil]).toEqual([recordedAt, endsAt]);
  });

  it('holds to the millisecond before the end, without an event', async () => {
    const { scope } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    const asked = [startMs - 1, startMs, endMs - 1, endMs];
    expect(asked.map((atMs) => scope.holds(permit, atMs))).toEqual([false, true, true, false]);
    expect(asked.map((atMs) => scope.permit(storing(one, 1), atMs).decision)).toEqual([
      'deny',
      'allow',
      'allow',
      'deny',
    ]);
  });

  it('holds no longer once an event of its contract was read, and still does after one of another', async () => {
    const { scope, record } = await opened();
    const [mine, theirs] = [storing(one, 1), storing(other, 2)].map((request) =>
      permitted(scope, request, startMs),
    );
    const choice = sampled(contractEvents.EndOfServiceChosen);
    await scope.waitFor(
      await record({ recordedAt, event: { ...choice, data: { ...choice.data, contractId: one } } }),
    );
    expect([mine, theirs].map((permit) => permit && scope.holds(permit, startMs))).toEqual([false, true]);
    expect(scope.holds(permitted(scope, storing(one, 1), startMs), startMs)).toBe(true);
  });

  it('holds no longer once an event of its contract turned out to be unreadable', async () => {
    const { scope, recordRaw } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    const unreadable = { type: 'ContractAmended', schemaVersion: 1, data: { contractId: one } };
    await recordRaw(unreadable, `contract-${one}`);
    await scope.catchUp();
    expect(scope.holds(permit, startMs)).toBe(false);
    expect(scope.permit(storing(one, 1), startMs)).toEqual({
      decision: 'deny',
      reasons: [{ reason: 'scope-not-current' }],
    });
  });

  it('cannot be copied or made up', async () => {
    const { scope } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    const copies = [
      Object.assign({}, permit),
      structuredClone(permit),
      Object.create(permit),
      JSON.parse(JSON.stringify(permit)),
    ];
    expect(copies.map((copy) => scope.holds(copy as Permit, startMs))).toEqual(copies.map(() => false));
  });

  it('holds for the scope that gave it, and for no other', async () => {
    const { scope, store } = await opened();
    const another = createProcessingScope(store);
    await another.catchUp();
    const permit = permitted(scope, storing(one, 1), startMs);
    expect([scope, another].map((asked) => asked.holds(permit, startMs))).toEqual([true, false]);
  });

  it('and a denial cannot be written to, since others are given the same', async () => {
    const { scope } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    const denial = scope.permit(storing(one, 1), endMs);
    expect(() => Object.assign(permit, { bases: [] })).toThrow(TypeError);
    expect(() => Object.assign(permit.bases[0], { operation: 'erase' })).toThrow(TypeError);
    expect(() => Object.assign(denial, { decision: 'allow' })).toThrow(TypeError);
    expect(scope.permit(storing(one, 1), endMs).decision).toBe('deny');
  });

  it('is written to a log with all that it says', async () => {
    const { scope } = await opened();
    const permit = permitted(scope, storing(one, 1), startMs);
    const { bases, decidedAt, holdsFrom, holdsUntil } = permit;
    expect(JSON.parse(JSON.stringify(permit))).toEqual({
      decision: 'allow',
      bases,
      decidedAt,
      holdsFrom,
      holdsUntil,
    });
  });

  it('is not given for no instant', async () => {
    const { scope } = await opened();
    for (const atMs of [NaN, Infinity, -Infinity, 1e18]) {
      expect(() => scope.permit(storing(one, 1), atMs)).toThrow(RangeError);
    }
  });
});
