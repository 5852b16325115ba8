import type {
  ContractId,
  ControllerId,
  DataSetId,
  DeletionPolicy,
  Digest,
  EndOfServiceChoice,
  ErasureReceipt,
  LegalDate,
  ProcessorId,
  RegisteredStore,
  RetentionId,
  SendingOutcome,
  StoreName,
  TerminationGround,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';

/** Where a data set stands on its way out. */
export interface DataSetProgress {
  readonly dataSetId: DataSetId;
  readonly stores: ReadonlyMap<StoreName, RegisteredStore>;
  readonly receipts: ReadonlyMap<StoreName, ErasureReceipt>;
  /** Laws that require storage, each until its date. */
  readonly retentions: ReadonlyMap<RetentionId, LegalDate>;
  readonly isReturnAcknowledged: boolean;
  /** The day from which on nothing justifies the data set any more, though its contract goes on. */
  readonly withdrawnFrom?: LegalDate;
  readonly order?: { readonly deadline: LegalDate; readonly recipients: number };
  readonly keys?: {
    readonly destroyed: number;
    readonly fenceRevision: number;
    readonly destroyedAt: Instant;
  };
  readonly deletedAt?: Instant;
}

export interface Notice {
  readonly endsAt: LegalDate;
  readonly ground: TerminationGround;
  readonly digest: Digest;
}

/** What is known of a contract, as far as its deletion depends on it. */
export interface DeletionCase {
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly processorId: ProcessorId;
  /** In order; each holds from its instant on. */
  readonly policies: readonly { readonly effectiveAt: Instant; readonly policy: DeletionPolicy }[];
  readonly choice: EndOfServiceChoice;
  readonly notice?: Notice;
  readonly ended?: { readonly at: LegalDate; readonly ground: TerminationGround };
  readonly isFrozen: boolean;
  readonly dataSets: ReadonlyMap<DataSetId, DataSetProgress>;
  readonly acknowledgements: readonly Digest[];
  readonly operations: Readonly<Record<SendingOutcome, number>>;
  /** When the contract's own key was destroyed, the last step before the certificate. */
  readonly contractKeyDestroyedAt?: Instant;
}

export type DeletionState =
  { readonly status: 'unknown' } | { readonly status: 'known'; readonly case: DeletionCase };

export const initialDeletion: DeletionState = { status: 'unknown' };

/** The deletion policy that held before an end; terms that were to begin with the end itself never held. */
export const policyBefore = ({ policies }: DeletionCase, end: LegalDate): DeletionPolicy | undefined =>
  policies.findLast(({ effectiveAt }) => effectiveAt < end.at)?.policy ?? policies[0]?.policy;

/** When a data set is no longer justified: taken back, or by the end of its contract, whichever comes first. */
export const endOfDataSet = (
  { ended }: DeletionCase,
  { withdrawnFrom }: DataSetProgress,
): LegalDate | undefined => {
  if (ended === undefined || withdrawnFrom === undefined) return ended?.at ?? withdrawnFrom;
  return withdrawnFrom.at < ended.at.at ? withdrawnFrom : ended.at;
};

/** A law that still requires storage at an instant. */
export const retentionInForce = (dataSet: DataSetProgress, at: Instant): LegalDate | undefined =>
  [...dataSet.retentions.values()].find((until) => at < until.at);

/** Whether every store has answered for a data set. */
export const areStoresErased = ({ stores, receipts }: DataSetProgress): boolean =>
  [...stores.keys()].every((name) => receipts.has(name));

/** Whether nothing of the contract's data is left. */
export const isEverythingDeleted = ({ dataSets }: DeletionCase): boolean =>
  [...dataSets.values()].every(({ deletedAt }) => deletedAt !== undefined);
