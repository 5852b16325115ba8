import { describe, expect, it } from '@jest/globals';
import { evolveScope, type ContractScope, type MandateEvent } from '@mandate/domain';
import { contractEvents, dataSetEvents, nth } from '@mandate/domain/testing';
import { positionOf, type Instant, type StoreId } from '@mandate/event-sourcing';
import fc from 'fast-check';
import type { ContractHistory, KnownEvent } from '../state';
import { IndexedContract, KeptPasts } from './indexed-contract';

const contractId = nth.contractId(1);
const storeId = '11111111-1111-4111-8111-111111111111' as StoreId;
const recordedAt = '2026-03-01T00:00:00.000Z' as Instant;
const sampled = <T>(arbitrary: fc.Arbitrary<T>): T => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!;

const concluded = sampled(contractEvents.ContractConcluded);
const entrusted = sampled(dataSetEvents.DataSetEntrusted);
const withDataSets = (count: number): readonly MandateEvent[] => [
  { ...concluded, data: { ...concluded.data, contractId } },
  ...Array.from({ length: count }, (_, number) => ({
    ...entrusted,
    data: { ...entrusted.data, contractId, dataSetId: nth.dataSetId(number + 1) },
  })),
];

const scopeAfterAll = (events: readonly MandateEvent[]): ContractScope =>
  events.reduce<ContractScope | undefined>(evolveScope, undefined)!;

describe('the pasts of a contract', () => {
  it('are made from each other, not each from the first event on', () => {
    let readings = 0;
    const known = withDataSets(200);
    const events = known.map((event, index): KnownEvent => {
      const position = positionOf(storeId, index + 1);
      const get = (): MandateEvent => {
        readings += 1;
        return event;
      };
      return Object.defineProperty({ recordedAt, position }, 'event', { get }) as KnownEvent;
    });
    const history: ContractHistory = { scope: scopeAfterAll(known), events };
    const keptPasts = new KeptPasts(1_000_000);
    const contract = new IndexedContract({
      historyOf: () => history,
      giver: { gives: 'permits' },
      keptPasts,
    });
    const counts = events.map(({ position }) => contract.knownAt(position)?.scope.dataSets.size);
    expect(counts).toEqual(events.map((_, index) => index));
    expect(readings).toBe(events.length - 1);
  });

  it('are kept as long as what they hold together is not too much, however many they are', () => {
    const [small, large] = [0, 80].map((count) => scopeAfterAll(withDataSets(count)));
    const [ofSmall, ofLarge] = [new KeptPasts(200), new KeptPasts(200)];
    for (let count = 0; count < 10; count += 1) ofSmall.add(small!);
    for (let count = 0; count < 10; count += 1) ofLarge.add(large!);
    expect([ofSmall.era, ofLarge.era]).toEqual([0, 4]);
  });
});
