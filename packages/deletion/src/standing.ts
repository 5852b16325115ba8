import type { ContractId, DataSetId, LegalDate, StoreName } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import {
  areStoresErased,
  isEverythingDeleted,
  retentionInForce,
  type DataSetProgress,
  type DeletionCase,
} from './state';

/** What a data set on its way out waits for. */
export type WaitsFor =
  /** The controller has chosen to get its data back first, and has not confirmed that it has it. */
  | { readonly waitsFor: 'acknowledgement-of-return' }
  /** A law requires storage until that date, unless it is lifted. */
  | { readonly waitsFor: 'retention-law'; readonly until: LegalDate }
  /** These stores have not answered yet, or not with a receipt that can be believed. */
  | { readonly waitsFor: 'stores'; readonly stores: readonly StoreName[] }
  /** The next step of the process itself: nothing outside stands in its way. */
  | { readonly waitsFor: 'next-step' };

export type DataSetStanding = WaitsFor & {
  readonly dataSetId: DataSetId;
  /** By when it has to be deleted, once that is on record. */
  readonly deadline?: LegalDate;
};

/** Where the deletion of one contract stands. */
export type DeletionStanding = { readonly contractId: ContractId } & (
  | { readonly standing: 'end-is-noticed'; readonly endsAt: LegalDate }
  | {
      readonly standing: 'being-deleted';
      readonly endedAt: LegalDate;
      /** Those that are not deleted yet. */
      readonly dataSets: readonly DataSetStanding[];
    }
  | { readonly standing: 'deleted'; readonly endedAt: LegalDate }
);

const waitsFor = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): WaitsFor => {
  const { order, keys, stores, receipts, isReturnAcknowledged } = dataSet;
  if (order === undefined) {
    if (of.choice === 'return-then-delete' && !isReturnAcknowledged)
      return { waitsFor: 'acknowledgement-of-return' };
    const until = retentionInForce(dataSet, at);
    return until === undefined ? { waitsFor: 'next-step' } : { waitsFor: 'retention-law', until };
  }
  return keys === undefined || areStoresErased(dataSet)
    ? { waitsFor: 'next-step' }
    : { waitsFor: 'stores', stores: [...stores.keys()].filter((name) => !receipts.has(name)) };
};

const standingOf = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): DataSetStanding => ({
  ...waitsFor(of, dataSet, at),
  dataSetId: dataSet.dataSetId,
  ...(dataSet.order === undefined ? {} : { deadline: dataSet.order.deadline }),
});

/**
 * Where a deletion stands at an instant, and what it waits for: for whoever has to see to it. Nothing for a contract that
 * goes on without a notice.
 */
export const deletionStanding = (of: DeletionCase, at: Instant): DeletionStanding | undefined => {
  const { contractId, ended, notice, dataSets, contractKeyDestroyedAt } = of;
  if (ended === undefined) return notice && { contractId, standing: 'end-is-noticed', endsAt: notice.endsAt };
  if (isEverythingDeleted(of) && contractKeyDestroyedAt !== undefined)
    return { contractId, standing: 'deleted', endedAt: ended.at };
  const left = [...dataSets.values()].filter(({ deletedAt }) => deletedAt === undefined);
  return {
    contractId,
    standing: 'being-deleted',
    endedAt: ended.at,
    dataSets: left.map((dataSet) => standingOf(of, dataSet, at)),
  };
};
