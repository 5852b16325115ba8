import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import { contractEvents, dataSetEvents, nth } from '../testing';
import { evolveScope } from './evolve';
import type { ContractScope, DataSetScope } from './scope';

const [at, later] = ['03-29', '04-15'].map(
  (day) => `2026-${day}T01:00:00.000Z`,
) as readonly string[] as readonly [Instant, Instant];
const contractId = nth.contractId(1);
const dataSetId = nth.dataSetId(1);

/** Any event of a type, with what matters here put in. */
const anyEvent = <Event extends MandateEvent>(
  arbitrary: fc.Arbitrary<Event>,
  data: Partial<Event['data']>,
): Event => {
  const [event] = fc.sample(arbitrary, { seed: 1, numRuns: 1 });
  return { ...event!, data: { ...event!.data, contractId, dataSetId, ...data } };
};

const concluded = anyEvent(contractEvents.ContractConcluded, {});
const entrusted = anyEvent(dataSetEvents.DataSetEntrusted, { categories: ['recipient-contact'] });

const scopeOf = (...events: readonly MandateEvent[]): ContractScope =>
  [concluded, ...events].reduce<ContractScope | undefined>(evolveScope, undefined)!;
const dataSetOf = (...events: readonly MandateEvent[]): DataSetScope =>
  scopeOf(entrusted, ...events).dataSets.get(dataSetId)!;

const restricted = (effectiveAt: Instant): MandateEvent =>
  anyEvent(dataSetEvents.DataSetRestricted, { effectiveAt });
const unrestricted = anyEvent(dataSetEvents.DataSetUnrestricted, { effectiveAt: later });

describe('a data set that is entrusted', () => {
  it('has its categories and no restriction', () => {
    expect(dataSetOf()).toEqual({
      dataSetId,
      categories: ['recipient-contact'],
      restrictions: [],
      isDeletionOrdered: false,
      isDeleted: false,
    });
  });

  it('is entrusted once: what happened since is not unsaid', () => {
    const deleted = anyEvent(dataSetEvents.DataSetDeleted, {});
    expect(dataSetOf(deleted, entrusted)).toEqual(dataSetOf(deleted));
  });

  it('leaves every other one alone, and one that was never entrusted does not appear', () => {
    const elsewhere = anyEvent(dataSetEvents.DataSetDeleted, { dataSetId: nth.dataSetId(2) });
    expect(scopeOf(entrusted, elsewhere)).toEqual(scopeOf(entrusted));
  });
});

describe('a data set', () => {
  it('is restricted until the restriction is lifted', () => {
    expect(dataSetOf(restricted(at)).restrictions).toEqual([{ from: at }]);
    expect(dataSetOf(restricted(at), restricted(later)).restrictions).toEqual([{ from: at }]);
    expect(dataSetOf(restricted(at), unrestricted).restrictions).toEqual([{ from: at, until: later }]);
    expect(dataSetOf(unrestricted).restrictions).toEqual([]);
  });

  it('is being deleted from the order on, and deleted at the end', () => {
    const ordered = anyEvent(dataSetEvents.DeletionOrdered, {});
    expect(dataSetOf(ordered)).toEqual({ ...dataSetOf(), isDeletionOrdered: true });
    const deleted = anyEvent(dataSetEvents.DataSetDeleted, {});
    expect(dataSetOf(ordered, deleted)).toEqual({ ...dataSetOf(ordered), isDeleted: true });
  });

  it.each([
    'RecipientsAdded',
    'RecipientsRemoved',
    'StoreRegistered',
    'ProcessingRecorded',
    'RecipientErased',
    'SpecialCategoryNoticed',
    'RetentionLawApplied',
    'RetentionConflictRecorded',
    'RetentionLawLifted',
    'DataSetReturned',
    'ReturnAcknowledged',
    'StoreErased',
    'KeysDestroyed',
  ] as const)(
    'is as it was after %s: counts, notices and receipts do not change what may be done',
    (type) => {
      const event = anyEvent<MandateEvent>(dataSetEvents[type], {});
      expect(evolveScope(scopeOf(entrusted), event)).toEqual(scopeOf(entrusted));
    },
  );
});

describe('a data set that is taken back', () => {
  const takenBack = (endsAt: Instant): MandateEvent =>
    anyEvent(dataSetEvents.DataSetWithdrawn, {
      endsAt: { date: '2026-03-29', zone: 'UTC', at: endsAt } as never,
    });

  it('is so from the earliest day that was said', () => {
    expect(dataSetOf(takenBack(later)).withdrawnFrom).toBe(later);
    expect(dataSetOf(takenBack(later), takenBack(at)).withdrawnFrom).toBe(at);
    expect(dataSetOf(takenBack(at), takenBack(later)).withdrawnFrom).toBe(at);
  });
});
