import type { Instant } from '@mandate/event-sourcing';
import type {
  ContractId,
  DataSetId,
  EndOfServiceChoice,
  Evidence,
  IssuerId,
  LegalDate,
  NonEmpty,
  ReturnFormat,
  StoreName,
} from '../vocabulary';
import type { ErasureReceipt } from './receipt';

/** The data went back to the controller, as it had chosen. */
export interface DataSetReturned {
  readonly type: 'DataSetReturned';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly returnedAt: Instant;
    readonly format: ReturnFormat;
    readonly recipients: number;
  };
}

/** The controller confirmed that it holds what was returned; only then may it be deleted here. */
export interface ReturnAcknowledged {
  readonly type: 'ReturnAcknowledged';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly issuerId: IssuerId;
    readonly acknowledgement: Evidence;
  };
}

/** What is going to be destroyed was written down, before anything was. */
export interface DeletionOrdered {
  readonly type: 'DeletionOrdered';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly choice: EndOfServiceChoice;
    readonly deadline: LegalDate;
    readonly recipients: number;
    readonly stores: NonEmpty<StoreName>;
  };
}

/** A store holds nothing of this data set any more. */
export interface StoreErased {
  readonly type: 'StoreErased';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly store: StoreName;
    readonly receipt: ErasureReceipt;
  };
}

/** The keys are gone, and the fence sees to it that they never return. */
export interface KeysDestroyed {
  readonly type: 'KeysDestroyed';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly keys: number;
    readonly fenceRevision: number;
    readonly destroyedAt: Instant;
  };
}

/** Nothing of the data set is left anywhere. */
export interface DataSetDeleted {
  readonly type: 'DataSetDeleted';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly deletedAt: Instant;
  };
}
