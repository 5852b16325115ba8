import { recordCodec } from '@mandate/event-sourcing';
import type { CommandCodecs } from '../command-codecs';
import { contractId, dataSetId, legalDate } from '../vocabulary';
import type { DataSetCommand, OrderDeletion } from './commands';
import { dataSetEventSchemas as events } from './event-codec';

/** What the data of each command to a data set looks like. */
export const dataSetCommandCodecs: CommandCodecs<DataSetCommand> = {
  EntrustDataSet: events.DataSetEntrusted.data,
  AddRecipients: events.RecipientsAdded.data,
  RemoveRecipients: events.RecipientsRemoved.data,
  RegisterStore: events.StoreRegistered.data,
  RecordProcessing: events.ProcessingRecorded.data,
  RestrictDataSet: events.DataSetRestricted.data,
  UnrestrictDataSet: events.DataSetUnrestricted.data,
  WithdrawDataSet: events.DataSetWithdrawn.data,
  EraseRecipient: events.RecipientErased.data,
  NoticeSpecialCategory: events.SpecialCategoryNoticed.data,
  ApplyRetentionLaw: events.RetentionLawApplied.data,
  LiftRetentionLaw: events.RetentionLawLifted.data,
  ReturnDataSet: events.DataSetReturned.data,
  AcknowledgeReturn: events.ReturnAcknowledged.data,
  OrderDeletion: recordCodec<OrderDeletion['data']>('OrderDeletion', {
    contractId,
    dataSetId,
    deadline: legalDate,
  }),
  EraseStore: events.StoreErased.data,
  DestroyKeys: events.KeysDestroyed.data,
  DeleteDataSet: events.DataSetDeleted.data,
};
