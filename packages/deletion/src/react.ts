import type { CertificateId, LegalDate } from '@mandate/domain';
import {
  derivedUuid,
  type Instant,
  type ProcessInput,
  type ProcessReaction,
  type Uuid,
} from '@mandate/event-sourcing';
import { certificateDraft } from './certificate-draft';
import type { Deletion } from './effect';
import type { DeletionEvent } from './events';
import {
  areStoresErased,
  isEverythingDeleted,
  endOfDataSet,
  policyBefore,
  retentionInForce,
  type DataSetProgress,
  type DeletionCase,
  type DeletionState,
} from './state';

type Reaction = ProcessReaction<Deletion>;

const endOfService = 'end-of-service';
const withdrawal = (dataSet: DataSetProgress): string => `withdrawal-${dataSet.dataSetId}`;
const retentionEnd = (dataSet: DataSetProgress): string => `retention-end-${dataSet.dataSetId}`;

const effect = (deletion: Deletion): Reaction => ({ kind: 'effect', effect: deletion });

/** The end because of which a data set is to be deleted now: its own, or that of the contract, which is frozen first. */
const endToActOn = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): LegalDate | undefined => {
  const { withdrawnFrom } = dataSet;
  const isWithdrawn = withdrawnFrom !== undefined && withdrawnFrom.at <= at;
  return isWithdrawn || (of.ended !== undefined && of.isFrozen) ? endOfDataSet(of, dataSet) : undefined;
};

/** Orders the deletion of a data set, unless something has to come first. */
const orderOrWait = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): readonly Reaction[] => {
  const endedAt = endToActOn(of, dataSet, at);
  const policy = endedAt && policyBefore(of, endedAt);
  if (endedAt === undefined || policy === undefined || dataSet.order !== undefined) return [];
  if (of.choice === 'return-then-delete' && !dataSet.isReturnAcknowledged) return [];
  const until = retentionInForce(dataSet, at);
  if (until !== undefined) {
    return [{ kind: 'set-deadline', deadline: retentionEnd(dataSet), dueAt: until.at }];
  }
  const { contractId } = of;
  const { dataSetId } = dataSet;
  const { deadline: within, zone } = policy;
  return [effect({ step: 'order-deletion', contractId, dataSetId, endedAt, within, zone })];
};

const orderOrWaitForAll = (of: DeletionCase, at: Instant): readonly Reaction[] =>
  [...of.dataSets.values()].flatMap((dataSet) => orderOrWait(of, dataSet, at));

/** A law was lifted: what waited for its date waits no longer, unless another law is in force. */
const goOnAfterRetention = (of: DeletionCase, dataSet: DataSetProgress, at: Instant): readonly Reaction[] => {
  const next = orderOrWait(of, dataSet, at);
  return next.length === 0 ? [] : [{ kind: 'cancel-deadline', deadline: retentionEnd(dataSet) }, ...next];
};

/** A data set that the controller takes back is deleted from its day on, like all of them at the end of the contract (S25). */
const waitForWithdrawal = (dataSet: DataSetProgress): readonly Reaction[] => {
  const { withdrawnFrom, order } = dataSet;
  return withdrawnFrom === undefined || order !== undefined
    ? []
    : [{ kind: 'set-deadline', deadline: withdrawal(dataSet), dueAt: withdrawnFrom.at }];
};

const eraseStores = (of: DeletionCase, dataSet: DataSetProgress): readonly Reaction[] => {
  const { contractId } = of;
  const { dataSetId } = dataSet;
  const open = [...dataSet.stores.values()].filter(({ name }) => !dataSet.receipts.has(name));
  return open.length === 0
    ? [effect({ step: 'delete-data-set', contractId, dataSetId })]
    : open.map((store) => effect({ step: 'erase-store', contractId, dataSetId, store }));
};

const latest = (first: Instant, others: readonly Instant[]): Instant =>
  others.reduce((last, other) => (last < other ? other : last), first);

/** Once nothing is left of any data set, the contract's own key goes, and then the certificate is due. */
const finish = (of: DeletionCase): readonly Reaction[] => {
  const { contractId } = of;
  if (of.ended === undefined || !of.isFrozen || !isEverythingDeleted(of)) return [];
  if (of.contractKeyDestroyedAt === undefined) return [effect({ step: 'destroy-contract-key', contractId })];
  const draft = certificateDraft(of);
  if (draft === undefined) return [];
  // The same data sets always give the same certificate, however often it is asked for; one that was entrusted
  // late makes a further one necessary.
  const certificateId = derivedUuid(
    `certificate/${draft.dataSets.length}`,
    contractId as string as Uuid,
  ) as string as CertificateId;
  const issuedAt = latest(
    of.contractKeyDestroyedAt,
    draft.dataSets.map(({ deletedAt }) => deletedAt),
  );
  return [effect({ step: 'certify', contractId, certificateId, issuedAt, dataSets: draft.dataSets.length })];
};

const reactToDataSetEvent = (
  of: DeletionCase,
  event: Extract<DeletionEvent, { data: { dataSetId: unknown } }>,
  at: Instant,
): readonly Reaction[] => {
  const dataSet = of.dataSets.get(event.data.dataSetId);
  if (dataSet === undefined) return [];
  const { contractId } = of;
  const { dataSetId } = dataSet;
  switch (event.type) {
    case 'DataSetEntrusted':
    case 'RetentionLawApplied':
    case 'ReturnAcknowledged':
      // Entrusted after the end, by a race: it is deleted like everything else.
      return orderOrWait(of, dataSet, at);
    case 'DataSetWithdrawn':
      return waitForWithdrawal(dataSet);
    case 'RetentionLawLifted':
      return goOnAfterRetention(of, dataSet, at);
    case 'DeletionOrdered':
      return [effect({ step: 'destroy-keys', contractId, dataSetId })];
    case 'KeysDestroyed':
      return eraseStores(of, dataSet);
    case 'StoreErased':
      return dataSet.keys !== undefined && areStoresErased(dataSet)
        ? [effect({ step: 'delete-data-set', contractId, dataSetId })]
        : [];
    case 'StoreRegistered':
      return dataSet.keys === undefined || dataSet.receipts.has(event.data.store.name)
        ? []
        : [effect({ step: 'erase-store', contractId, dataSetId, store: event.data.store })];
    case 'DataSetDeleted':
      return finish(of);
    case 'ProcessingRecorded':
      return [];
  }
};

const reactToEvent = (of: DeletionCase, event: DeletionEvent, at: Instant): readonly Reaction[] => {
  const { contractId } = of;
  switch (event.type) {
    case 'TerminationNoticeGiven':
      return [{ kind: 'set-deadline', deadline: endOfService, dueAt: event.data.endsAt.at }];
    case 'TerminationNoticeWithdrawn':
      return [{ kind: 'cancel-deadline', deadline: endOfService }];
    case 'ContractTerminated':
      return [{ kind: 'cancel-deadline', deadline: endOfService }, effect({ step: 'freeze', contractId })];
    case 'ContractConcluded':
    case 'ContractAmended':
    case 'EndOfServiceChosen':
      return [];
    case 'DataSetEntrusted':
    case 'DataSetWithdrawn':
    case 'StoreRegistered':
    case 'ProcessingRecorded':
    case 'RetentionLawApplied':
    case 'RetentionLawLifted':
    case 'ReturnAcknowledged':
    case 'DeletionOrdered':
    case 'StoreErased':
    case 'KeysDestroyed':
    case 'DataSetDeleted':
      return reactToDataSetEvent(of, event, at);
  }
};

const reactToCompletion = (of: DeletionCase, { step }: Deletion, at: Instant): readonly Reaction[] => {
  switch (step) {
    case 'freeze':
      return of.dataSets.size === 0 ? finish(of) : orderOrWaitForAll(of, at);
    case 'destroy-contract-key':
      return finish(of);
    case 'terminate-contract':
    case 'order-deletion':
    case 'destroy-keys':
    case 'erase-store':
    case 'delete-data-set':
    case 'certify':
      return [];
  }
};

const reactToDeadline = (of: DeletionCase, deadline: string, at: Instant): readonly Reaction[] => {
  const { contractId, notice, ended } = of;
  if (deadline !== endOfService) {
    const dataSet = [...of.dataSets.values()].find((each) =>
      [retentionEnd(each), withdrawal(each)].includes(deadline),
    );
    return dataSet === undefined ? [] : orderOrWait(of, dataSet, at);
  }
  return notice === undefined || ended !== undefined
    ? []
    : [effect({ step: 'terminate-contract', contractId, endedAt: notice.endsAt, ground: notice.ground })];
};

/** What a deletion does next, as data. */
export const react = (
  state: DeletionState,
  input: ProcessInput<DeletionEvent, Deletion>,
): readonly Reaction[] => {
  if (state.status === 'unknown') return [];
  switch (input.kind) {
    case 'event':
      return reactToEvent(state.case, input.event, input.recordedAt);
    case 'effect-completed':
      return reactToCompletion(state.case, input.effect, input.completedAt);
    case 'deadline-reached':
      return reactToDeadline(state.case, input.deadline, input.dueAt);
    case 'effect-parked':
      return [];
  }
};
