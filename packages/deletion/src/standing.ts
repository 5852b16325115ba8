import type { ContractId, DataSetId, LegalDate, StoreName } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import {
  areStoresErased,
  endOfDataSet,
  isEverythingDeleted,
  retentionInForce,
  type DataSetProgress,
  type DeletionCase,
} from './state';

/** What a data set on its way out waits for. */
export type WaitsFor =
  /** The day from which on the controller takes it back. */
  | { readonly waitsFor: 'day-of-withdrawal' }
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
  /** When it ceases to be justified: taken back, or by the end of the contract. */
  readonly endedAt: LegalDate;
  /** By when it has to be deleted, once that is on record. */
  readonly deadline?: LegalDate;
};

/** Where the deletion of one contract stands; data sets are those that are not deleted yet. */
export type DeletionStanding = { readonly contractId: ContractId } & (
  | { readonly standing: 'end-is-noticed'; readonly endsAt: LegalDate }
  /** The contract goes on, without some of its data sets, which the controller takes back. */
  | { readonly standing: 'in-part'; readonly dataSets: readonly DataSetStanding[] }
  | {
      readonly standing: 'being-deleted';
      readonly endedAt: LegalDate;
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

const standingOf = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): readonly DataSetStanding[] => {
  const { dataSetId, order, deletedAt } = dataSet;
  const endedAt = endOfDataSet(of, dataSet);
  if (endedAt === undefined || deletedAt !== undefined) return [];
  const isToCome = order === undefined && at < endedAt.at;
  const waiting: WaitsFor = isToCome ? { waitsFor: 'day-of-withdrawal' } : waitsFor(of, dataSet, at);
  return [{ ...waiting, dataSetId, endedAt, ...(order === undefined ? {} : { deadline: order.deadline }) }];
};

/**
 * Where a deletion stands at an instant, and what it waits for: for whoever has to see to it. Nothing for a contract that
 * goes on with all of its data and without a notice.
 */
export const deletionStanding = (of: DeletionCase, at: Instant): DeletionStanding | undefined => {
  const { contractId, ended, notice, contractKeyDestroyedAt } = of;
  const dataSets = [...of.dataSets.values()].flatMap((dataSet) => standingOf(of, dataSet, at));
  if (ended === undefined) {
    if (dataSets.length > 0) return { contractId, standing: 'in-part', dataSets };
    return notice && { contractId, standing: 'end-is-noticed', endsAt: notice.endsAt };
  }
  return isEverythingDeleted(of) && contractKeyDestroyedAt !== undefined
    ? { contractId, standing: 'deleted', endedAt: ended.at }
    : { contractId, standing: 'being-deleted', endedAt: ended.at, dataSets };
};
