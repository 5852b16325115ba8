import type {
  CertificateId,
  ContractId,
  DataSetId,
  LegalDate,
  Period,
  RegisteredStore,
  TerminationGround,
  TimeZone,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';

/** Records the end that a notice announced, once it has come. */
export interface TerminateContractEffect {
  readonly step: 'terminate-contract';
  readonly contractId: ContractId;
  readonly endedAt: LegalDate;
  readonly ground: TerminationGround;
}

/** Lets nothing in any more: no new keys and no encryption under the contract. */
export interface FreezeEffect {
  readonly step: 'freeze';
  readonly contractId: ContractId;
}

/** Writes down what will be destroyed, and by when. */
export interface OrderDeletionEffect {
  readonly step: 'order-deletion';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly endedAt: LegalDate;
  readonly within: Period;
  readonly zone: TimeZone;
}

/** Fences and destroys the keys of a data set. */
export interface DestroyKeysEffect {
  readonly step: 'destroy-keys';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
}

/** Has one store erase what it holds of a data set. */
export interface EraseStoreEffect {
  readonly step: 'erase-store';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly store: RegisteredStore;
}

/** Records that nothing of a data set is left. */
export interface DeleteDataSetEffect {
  readonly step: 'delete-data-set';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
}

/** Fences and destroys the key of the contract itself: nothing can ever be encrypted under it again. */
export interface DestroyContractKeyEffect {
  readonly step: 'destroy-contract-key';
  readonly contractId: ContractId;
}

/** Signs what was done, and closes the contract with it. */
export interface CertifyEffect {
  readonly step: 'certify';
  readonly contractId: ContractId;
  readonly certificateId: CertificateId;
  readonly issuedAt: Instant;
  /** How many data sets it covers; what is said of them is in the state, and may be far more than an event holds. */
  readonly dataSets: number;
}

/** A step of a deletion, as data. */
export type Deletion =
  | TerminateContractEffect
  | FreezeEffect
  | OrderDeletionEffect
  | DestroyKeysEffect
  | EraseStoreEffect
  | DeleteDataSetEffect
  | DestroyContractKeyEffect
  | CertifyEffect;
