import type { Instant } from '@mandate/event-sourcing';
import {
  earlierOf,
  type BatchId,
  type ContractId,
  type DataSetId,
  type ErasureRequestId,
  type LegalDate,
  type RetentionId,
  type StoreName,
} from '../vocabulary';
import type { DataSetEvent } from './events';

/** Batches on record, the last one first: a list grows without being copied, however many months it holds. */
export interface RecordedBatches {
  readonly last: BatchId;
  readonly earlier: RecordedBatches | undefined;
}

/** Whether a batch is on record. */
export const isRecorded = (batches: RecordedBatches | undefined, batchId: BatchId): boolean => {
  for (let batch = batches; batch !== undefined; batch = batch.earlier)
    if (batch.last === batchId) return true;
  return false;
};

/** A data set, as far as later decisions depend on it. */
export interface DataSetRecord {
  readonly dataSetId: DataSetId;
  readonly contractId: ContractId;
  readonly recipients: number;
  readonly stores: ReadonlySet<StoreName>;
  readonly restrictedAt?: Instant;
  /** When the last lifting of a restriction takes effect; the next restriction comes after it. */
  readonly unrestrictedAt?: Instant;
  /** When the controller takes it back; the earliest day that was said. */
  readonly withdrawnFrom?: Instant;
  /** Laws that require storage, each until its date. */
  readonly retentions: ReadonlyMap<RetentionId, LegalDate>;
  readonly conflicts: ReadonlySet<RetentionId>;
  readonly erasureRequests: ReadonlySet<ErasureRequestId>;
  readonly batches: RecordedBatches | undefined;
  readonly returned: 'no' | 'returned' | 'acknowledged';
}

/** How far the deletion has come. */
export interface DeletionProgress {
  readonly deadline: LegalDate;
  readonly erased: ReadonlySet<StoreName>;
  /** Absent: they are not destroyed yet. */
  readonly keysDestroyedAt?: Instant;
}

export type RecipientDataSet =
  | { readonly status: 'none' }
  | { readonly status: 'held'; readonly record: DataSetRecord }
  | {
      readonly status: 'deletion-ordered';
      readonly record: DataSetRecord;
      readonly deletion: DeletionProgress;
    }
  | { readonly status: 'deleted'; readonly record: DataSetRecord; readonly deletedAt: Instant };

export const initialDataSet: RecipientDataSet = { status: 'none' };

const withRecord = (
  dataSet: RecipientDataSet,
  change: (record: DataSetRecord) => DataSetRecord,
): RecipientDataSet => (dataSet.status === 'none' ? dataSet : { ...dataSet, record: change(dataSet.record) });

const withDeletion = (
  dataSet: RecipientDataSet,
  change: (deletion: DeletionProgress) => DeletionProgress,
): RecipientDataSet =>
  dataSet.status === 'deletion-ordered' ? { ...dataSet, deletion: change(dataSet.deletion) } : dataSet;

const plus = <Item>(items: ReadonlySet<Item>, item: Item): ReadonlySet<Item> => new Set(items).add(item);

const entrusted = (data: Extract<DataSetEvent, { type: 'DataSetEntrusted' }>['data']): RecipientDataSet => ({
  status: 'held',
  record: {
    dataSetId: data.dataSetId,
    contractId: data.contractId,
    recipients: data.recipients,
    stores: new Set(data.stores.map(({ name }) => name)),
    retentions: new Map(),
    conflicts: new Set(),
    erasureRequests: new Set(),
    batches: undefined,
    returned: 'no',
  },
});

const unrestricted = ({ restrictedAt: _restrictedAt, ...record }: DataSetRecord): DataSetRecord => record;

const withoutRetention = (record: DataSetRecord, retentionId: RetentionId): DataSetRecord => {
  const retentions = new Map(record.retentions);
  retentions.delete(retentionId);
  return { ...record, retentions };
};

type RecordEvent = Exclude<
  DataSetEvent,
  { type: 'DataSetEntrusted' | 'DeletionOrdered' | 'StoreErased' | 'KeysDestroyed' | 'DataSetDeleted' }
>;

const evolveRecord = (record: DataSetRecord, event: RecordEvent): DataSetRecord => {
  switch (event.type) {
    case 'RecipientsAdded':
      return { ...record, recipients: record.recipients + event.data.recipients };
    case 'RecipientsRemoved':
      return { ...record, recipients: record.recipients - event.data.recipients };
    case 'StoreRegistered':
      return { ...record, stores: plus(record.stores, event.data.store.name) };
    case 'ProcessingRecorded':
      return { ...record, batches: { last: event.data.batchId, earlier: record.batches } };
    case 'DataSetRestricted': {
      const { effectiveAt } = event.data;
      return { ...record, restrictedAt: earlierOf(record.restrictedAt, effectiveAt) };
    }
    case 'DataSetUnrestricted':
      return { ...unrestricted(record), unrestrictedAt: event.data.effectiveAt };
    case 'DataSetWithdrawn':
      return { ...record, withdrawnFrom: earlierOf(record.withdrawnFrom, event.data.endsAt.at) };
    case 'RecipientErased': {
      const erasureRequests = plus(record.erasureRequests, event.data.requestId);
      return { ...record, recipients: record.recipients - 1, erasureRequests };
    }
    case 'SpecialCategoryNoticed':
      return record;
    case 'RetentionLawApplied': {
      const { retentionId, until } = event.data;
      return { ...record, retentions: new Map(record.retentions).set(retentionId, until) };
    }
    case 'RetentionConflictRecorded':
      return { ...record, conflicts: plus(record.conflicts, event.data.retentionId) };
    case 'RetentionLawLifted':
      return withoutRetention(record, event.data.retentionId);
    case 'DataSetReturned':
      return { ...record, returned: 'returned' };
    case 'ReturnAcknowledged':
      return { ...record, returned: 'acknowledged' };
  }
};

export const evolve = (dataSet: RecipientDataSet, event: DataSetEvent): RecipientDataSet => {
  switch (event.type) {
    case 'DataSetEntrusted':
      return entrusted(event.data);
    case 'DeletionOrdered':
      return dataSet.status === 'held'
        ? {
            status: 'deletion-ordered',
            record: dataSet.record,
            deletion: { deadline: event.data.deadline, erased: new Set() },
          }
        : dataSet;
    case 'StoreErased':
      return withDeletion(dataSet, (deletion) => ({
        ...deletion,
        erased: plus(deletion.erased, event.data.store),
      }));
    case 'KeysDestroyed':
      return withDeletion(dataSet, (deletion) => ({ ...deletion, keysDestroyedAt: event.data.destroyedAt }));
    case 'DataSetDeleted':
      return dataSet.status === 'deletion-ordered'
        ? { status: 'deleted', record: dataSet.record, deletedAt: event.data.deletedAt }
        : dataSet;
    case 'RecipientsAdded':
    case 'RecipientsRemoved':
    case 'StoreRegistered':
    case 'ProcessingRecorded':
    case 'DataSetRestricted':
    case 'DataSetUnrestricted':
    case 'DataSetWithdrawn':
    case 'RecipientErased':
    case 'SpecialCategoryNoticed':
    case 'RetentionLawApplied':
    case 'RetentionConflictRecorded':
    case 'RetentionLawLifted':
    case 'DataSetReturned':
    case 'ReturnAcknowledged':
      return withRecord(dataSet, (record) => evolveRecord(record, event));
  }
};
