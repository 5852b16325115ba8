import type { DataSetEvent } from '@mandate/domain';
import type { DeletionEvent } from './events';
import type { DataSetProgress, DeletionCase } from './state';

type DeletionDataSetEvent = DeletionEvent & DataSetEvent;
type LaterEvent = Exclude<DeletionDataSetEvent, { type: 'DataSetEntrusted' | 'ProcessingRecorded' }>;

const entrusted = ({
  dataSetId,
  stores,
}: Extract<DataSetEvent, { type: 'DataSetEntrusted' }>['data']): DataSetProgress => ({
  dataSetId,
  stores: new Map(stores.map((store) => [store.name, store])),
  receipts: new Map(),
  retentions: new Map(),
  isReturnAcknowledged: false,
});

const evolveProgress = (dataSet: DataSetProgress, event: LaterEvent): DataSetProgress => {
  switch (event.type) {
    case 'StoreRegistered': {
      const { store } = event.data;
      return { ...dataSet, stores: new Map(dataSet.stores).set(store.name, store) };
    }
    case 'RetentionLawApplied': {
      const { retentionId, until } = event.data;
      return { ...dataSet, retentions: new Map(dataSet.retentions).set(retentionId, until) };
    }
    case 'RetentionLawLifted': {
      const retentions = new Map(dataSet.retentions);
      retentions.delete(event.data.retentionId);
      return { ...dataSet, retentions };
    }
    case 'ReturnAcknowledged':
      return { ...dataSet, isReturnAcknowledged: true };
    case 'DataSetWithdrawn': {
      const { endsAt } = event.data;
      const { withdrawnFrom = endsAt } = dataSet;
      return { ...dataSet, withdrawnFrom: endsAt.at < withdrawnFrom.at ? endsAt : withdrawnFrom };
    }
    case 'DeletionOrdered': {
      const { deadline, recipients } = event.data;
      return { ...dataSet, order: { deadline, recipients } };
    }
    case 'StoreErased': {
      const { store, receipt } = event.data;
      return { ...dataSet, receipts: new Map(dataSet.receipts).set(store, receipt) };
    }
    case 'KeysDestroyed': {
      const { keys: destroyed, fenceRevision, destroyedAt } = event.data;
      return { ...dataSet, keys: { destroyed, fenceRevision, destroyedAt } };
    }
    case 'DataSetDeleted':
      return { ...dataSet, deletedAt: event.data.deletedAt };
  }
};

const withDataSet = (of: DeletionCase, dataSet: DataSetProgress): DeletionCase => ({
  ...of,
  dataSets: new Map(of.dataSets).set(dataSet.dataSetId, dataSet),
});

export const evolveDataSets = (of: DeletionCase, event: DeletionDataSetEvent): DeletionCase => {
  if (event.type === 'DataSetEntrusted') {
    // Entrusted once; told a second time, nothing of what happened since may be forgotten.
    return of.dataSets.has(event.data.dataSetId) ? of : withDataSet(of, entrusted(event.data));
  }
  if (event.type === 'ProcessingRecorded') {
    const { outcome, operations } = event.data;
    return { ...of, operations: { ...of.operations, [outcome]: of.operations[outcome] + operations } };
  }
  const dataSet = of.dataSets.get(event.data.dataSetId);
  if (dataSet === undefined) return of;
  const evolved = withDataSet(of, evolveProgress(dataSet, event));
  return event.type === 'ReturnAcknowledged'
    ? { ...evolved, acknowledgements: [...evolved.acknowledgements, event.data.acknowledgement.digest] }
    : evolved;
};
