import type { ContractId, DataSetId, LegalDate } from '../vocabulary';
import type * as Events from './events';

export interface EntrustDataSet {
  readonly type: 'EntrustDataSet';
  readonly data: Events.DataSetEntrusted['data'];
}
export interface AddRecipients {
  readonly type: 'AddRecipients';
  readonly data: Events.RecipientsAdded['data'];
}
export interface RemoveRecipients {
  readonly type: 'RemoveRecipients';
  readonly data: Events.RecipientsRemoved['data'];
}
export interface RegisterStore {
  readonly type: 'RegisterStore';
  readonly data: Events.StoreRegistered['data'];
}
export interface RecordProcessing {
  readonly type: 'RecordProcessing';
  readonly data: Events.ProcessingRecorded['data'];
}
export interface RestrictDataSet {
  readonly type: 'RestrictDataSet';
  readonly data: Events.DataSetRestricted['data'];
}
export interface UnrestrictDataSet {
  readonly type: 'UnrestrictDataSet';
  readonly data: Events.DataSetUnrestricted['data'];
}
export interface WithdrawDataSet {
  readonly type: 'WithdrawDataSet';
  readonly data: Events.DataSetWithdrawn['data'];
}
export interface EraseRecipient {
  readonly type: 'EraseRecipient';
  readonly data: Events.RecipientErased['data'];
}
export interface NoticeSpecialCategory {
  readonly type: 'NoticeSpecialCategory';
  readonly data: Events.SpecialCategoryNoticed['data'];
}
export interface ApplyRetentionLaw {
  readonly type: 'ApplyRetentionLaw';
  readonly data: Events.RetentionLawApplied['data'];
}
export interface LiftRetentionLaw {
  readonly type: 'LiftRetentionLaw';
  readonly data: Events.RetentionLawLifted['data'];
}
export interface ReturnDataSet {
  readonly type: 'ReturnDataSet';
  readonly data: Events.DataSetReturned['data'];
}
export interface AcknowledgeReturn {
  readonly type: 'AcknowledgeReturn';
  readonly data: Events.ReturnAcknowledged['data'];
}
/** What is to be destroyed the aggregate knows itself; the caller brings the deadline, resolved by the calendar. */
export interface OrderDeletion {
  readonly type: 'OrderDeletion';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly deadline: LegalDate;
  };
}
export interface EraseStore {
  readonly type: 'EraseStore';
  readonly data: Events.StoreErased['data'];
}
export interface DestroyKeys {
  readonly type: 'DestroyKeys';
  readonly data: Events.KeysDestroyed['data'];
}
export interface DeleteDataSet {
  readonly type: 'DeleteDataSet';
  readonly data: Events.DataSetDeleted['data'];
}

export type DataSetCommand =
  | EntrustDataSet
  | AddRecipients
  | RemoveRecipients
  | RegisterStore
  | RecordProcessing
  | RestrictDataSet
  | UnrestrictDataSet
  | WithdrawDataSet
  | EraseRecipient
  | NoticeSpecialCategory
  | ApplyRetentionLaw
  | LiftRetentionLaw
  | ReturnDataSet
  | AcknowledgeReturn
  | OrderDeletion
  | EraseStore
  | DestroyKeys
  | DeleteDataSet;
