import { left, right } from 'fp-ts/Either';
import type { DataSetCommand } from './commands';
import {
  acknowledgeReturn,
  deleteDataSet,
  destroyKeys,
  eraseStore,
  orderDeletion,
  returnDataSet,
} from './decide-deletion';
import { addRecipients, entrust, registerStore, removeRecipients } from './decide-entrusting';
import {
  applyRetentionLaw,
  eraseRecipient,
  liftRetentionLaw,
  noticeSpecialCategory,
  recordProcessing,
  restrict,
  unrestrict,
  withdrawDataSet,
} from './decide-keeping';
import type { DataSetDecision, DataSetFacts } from './decision';
import type { DataSetRecord, RecipientDataSet } from './state';

/** What follows from a command to a data set. */
export const decide = (
  command: DataSetCommand,
  dataSet: RecipientDataSet,
  facts: DataSetFacts,
): DataSetDecision => {
  if (command.type === 'EntrustDataSet') return entrust(command, dataSet, facts);
  const found = command.data.contractId;
  if (dataSet.status !== 'none' && dataSet.record.contractId !== found) {
    return left({ reason: 'data-set-of-another-contract', found });
  }
  switch (dataSet.status) {
    case 'none':
      return left({ reason: 'data-set-not-entrusted' });
    case 'held':
      return whileHeld(command, dataSet.record, facts);
    case 'deletion-ordered':
      return whileDeleting(command, dataSet, facts);
    case 'deleted':
      // Telling a deleted data set to delete something more is a retry, not a mistake.
      return isDeletionStep(command)
        ? right([])
        : left({ reason: 'data-set-deleted', deletedAt: dataSet.deletedAt });
  }
};

type LaterCommand = Exclude<DataSetCommand, { type: 'EntrustDataSet' }>;

const isDeletionStep = (command: LaterCommand): boolean =>
  ['OrderDeletion', 'EraseStore', 'DestroyKeys', 'DeleteDataSet'].includes(command.type);

const whileHeld = (command: LaterCommand, record: DataSetRecord, facts: DataSetFacts): DataSetDecision => {
  switch (command.type) {
    case 'AddRecipients':
      return addRecipients(command, record, facts);
    case 'RemoveRecipients':
      return removeRecipients(command, record);
    case 'RegisterStore':
      return registerStore(command, record);
    case 'RecordProcessing':
      return recordProcessing(command, record);
    case 'RestrictDataSet':
      return restrict(command, record);
    case 'UnrestrictDataSet':
      return unrestrict(command, record);
    case 'WithdrawDataSet':
      return withdrawDataSet(command, record, facts);
    case 'EraseRecipient':
      return eraseRecipient(command, record);
    case 'NoticeSpecialCategory':
      return noticeSpecialCategory(command);
    case 'ApplyRetentionLaw':
      return applyRetentionLaw(command, record);
    case 'LiftRetentionLaw':
      return liftRetentionLaw(command, record, facts);
    case 'ReturnDataSet':
      return returnDataSet(command, record, facts);
    case 'AcknowledgeReturn':
      return acknowledgeReturn(command, record);
    case 'OrderDeletion':
      return orderDeletion(command, record, facts);
    case 'EraseStore':
    case 'DestroyKeys':
    case 'DeleteDataSet':
      return left({ reason: 'deletion-not-ordered' });
  }
};

const whileDeleting = (
  command: LaterCommand,
  { record, deletion }: Extract<RecipientDataSet, { status: 'deletion-ordered' }>,
  facts: DataSetFacts,
): DataSetDecision => {
  switch (command.type) {
    case 'RegisterStore':
      return registerStore(command, record);
    case 'RecordProcessing':
      // What was handed over before the end is still put on record.
      return recordProcessing(command, record);
    case 'OrderDeletion':
      return right([]);
    case 'EraseStore':
      return eraseStore(command, { record, deletion }, facts);
    case 'DestroyKeys':
      return destroyKeys(command, deletion);
    case 'DeleteDataSet':
      return deleteDataSet(command, record, deletion);
    case 'AddRecipients':
    case 'RemoveRecipients':
    case 'RestrictDataSet':
    case 'UnrestrictDataSet':
    case 'WithdrawDataSet':
    case 'EraseRecipient':
    case 'NoticeSpecialCategory':
    case 'ApplyRetentionLaw':
    case 'LiftRetentionLaw':
    case 'ReturnDataSet':
    case 'AcknowledgeReturn':
      return left({ reason: 'deletion-ordered' });
  }
};
