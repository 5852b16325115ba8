import type { DataSetEvent } from '../recipient-data-set';
import { earlierOf } from '../vocabulary';
import { closed, opened } from './intervals';
import type { ContractScope, DataSetScope } from './scope';

const entrusted = (data: Extract<DataSetEvent, { type: 'DataSetEntrusted' }>['data']): DataSetScope => ({
  dataSetId: data.dataSetId,
  categories: data.categories,
  restrictions: [],
  isDeletionOrdered: false,
  isDeleted: false,
});

const evolveEntrusted = (dataSet: DataSetScope, event: DataSetEvent): DataSetScope => {
  switch (event.type) {
    case 'DataSetRestricted':
      return { ...dataSet, restrictions: opened(dataSet.restrictions, event.data.effectiveAt) };
    case 'DataSetUnrestricted':
      return { ...dataSet, restrictions: closed(dataSet.restrictions, event.data.effectiveAt) };
    case 'DataSetWithdrawn':
      return { ...dataSet, withdrawnFrom: earlierOf(dataSet.withdrawnFrom, event.data.endsAt.at) };
    case 'DeletionOrdered':
      return { ...dataSet, isDeletionOrdered: true };
    case 'DataSetDeleted':
      return { ...dataSet, isDeleted: true };
    case 'DataSetEntrusted':
    case 'RecipientsAdded':
    case 'RecipientsRemoved':
    case 'StoreRegistered':
    case 'ProcessingRecorded':
    case 'RecipientErased':
    case 'SpecialCategoryNoticed':
    case 'RetentionLawApplied':
    case 'RetentionConflictRecorded':
    case 'RetentionLawLifted':
    case 'DataSetReturned':
    case 'ReturnAcknowledged':
    case 'StoreErased':
    case 'KeysDestroyed':
      // Counts, notices and receipts: they do not change what may be done.
      return dataSet;
  }
};

export const evolveDataSet = (scope: ContractScope, event: DataSetEvent): ContractScope => {
  const { dataSetId } = event.data;
  const dataSet = scope.dataSets.get(dataSetId);
  if (event.type === 'DataSetEntrusted' && dataSet === undefined) {
    return { ...scope, dataSets: new Map(scope.dataSets).set(dataSetId, entrusted(event.data)) };
  }
  if (dataSet === undefined) return scope;
  const evolved = evolveEntrusted(dataSet, event);
  return evolved === dataSet
    ? scope
    : { ...scope, dataSets: new Map(scope.dataSets).set(dataSetId, evolved) };
};
