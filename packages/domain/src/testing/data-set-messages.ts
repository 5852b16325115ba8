import fc from 'fast-check';
import type { DataSetCommand, DataSetEvent, RegisteredStore } from '../recipient-data-set';
import { dataCategories, retainedItems, specialCategories, type NonEmpty } from '../vocabulary';
import { arbitraryIds as ids } from './ids';
import { anyOf, messagesOf, type ArbitraryData, type ArbitraryMessages } from './messages';
import { arbitraryValues as values, storeNames } from './values';
import { arbitraryWords as words, someOf } from './words';

const { contractId, dataSetId } = ids;
const { digest, instant, legalDate, registeredStore, storeName, wholeNumber } = values;

const stores = fc.uniqueArray(registeredStore, {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 3,
}) as unknown as fc.Arbitrary<NonEmpty<RegisteredStore>>;

const retentionLaw = fc.record({
  contractId,
  dataSetId,
  retentionId: ids.retentionId,
  jurisdiction: values.country,
  law: values.reference,
  article: values.reference,
  items: someOf(retainedItems),
  until: legalDate,
});

const eventData: ArbitraryData<DataSetEvent> = {
  DataSetEntrusted: fc.record({
    contractId,
    dataSetId,
    source: fc.constant('controller' as const),
    categories: someOf(dataCategories),
    recipients: wholeNumber,
    manifestDigest: digest,
    region: values.country,
    stores,
  }),
  RecipientsAdded: fc.record({ contractId, dataSetId, recipients: wholeNumber, manifestDigest: digest }),
  RecipientsRemoved: fc.record({ contractId, dataSetId, recipients: wholeNumber }),
  StoreRegistered: fc.record({ contractId, dataSetId, store: registeredStore }),
  ProcessingRecorded: fc.record({
    contractId,
    dataSetId,
    batchId: ids.batchId,
    instructionId: ids.instructionId,
    instructionVersion: wholeNumber,
    clause: values.clause,
    purpose: words.purpose,
    channel: words.channel,
    country: values.country,
    interval: values.interval,
    outcome: words.sendingOutcome,
    operations: wholeNumber,
  }),
  DataSetRestricted: fc.record({
    contractId,
    dataSetId,
    effectiveAt: instant,
    ground: words.restrictionGround,
  }),
  DataSetUnrestricted: fc.record({ contractId, dataSetId, effectiveAt: instant }),
  DataSetWithdrawn: fc.record({
    contractId,
    dataSetId,
    issuerId: ids.issuerId,
    endsAt: legalDate,
    withdrawal: values.evidence,
  }),
  RecipientErased: fc.record({
    contractId,
    dataSetId,
    requestId: ids.erasureRequestId,
    forwardedAt: instant,
    method: words.erasureMethod,
  }),
  SpecialCategoryNoticed: fc.record({
    contractId,
    dataSetId,
    categories: someOf(specialCategories),
    noticedAt: instant,
    controllerInformedAt: instant,
  }),
  RetentionLawApplied: retentionLaw,
  RetentionConflictRecorded: retentionLaw,
  RetentionLawLifted: fc.record({
    contractId,
    dataSetId,
    retentionId: ids.retentionId,
    effectiveAt: instant,
  }),
  DataSetReturned: fc.record({
    contractId,
    dataSetId,
    returnedAt: instant,
    format: words.returnFormat,
    recipients: wholeNumber,
  }),
  ReturnAcknowledged: fc.record({
    contractId,
    dataSetId,
    issuerId: ids.issuerId,
    acknowledgement: values.evidence,
  }),
  DeletionOrdered: fc.record({
    contractId,
    dataSetId,
    choice: words.endOfServiceChoice,
    deadline: legalDate,
    recipients: wholeNumber,
    stores: someOf(storeNames),
  }),
  StoreErased: fc.record({ contractId, dataSetId, store: storeName, receipt: values.erasureReceipt }),
  KeysDestroyed: fc.record({
    contractId,
    dataSetId,
    keys: wholeNumber,
    fenceRevision: wholeNumber,
    destroyedAt: instant,
  }),
  DataSetDeleted: fc.record({ contractId, dataSetId, deletedAt: instant }),
};

const commandData: ArbitraryData<DataSetCommand> = {
  EntrustDataSet: eventData.DataSetEntrusted,
  AddRecipients: eventData.RecipientsAdded,
  RemoveRecipients: eventData.RecipientsRemoved,
  RegisterStore: eventData.StoreRegistered,
  RecordProcessing: eventData.ProcessingRecorded,
  RestrictDataSet: eventData.DataSetRestricted,
  UnrestrictDataSet: eventData.DataSetUnrestricted,
  WithdrawDataSet: eventData.DataSetWithdrawn,
  EraseRecipient: eventData.RecipientErased,
  NoticeSpecialCategory: eventData.SpecialCategoryNoticed,
  ApplyRetentionLaw: retentionLaw,
  LiftRetentionLaw: eventData.RetentionLawLifted,
  ReturnDataSet: eventData.DataSetReturned,
  AcknowledgeReturn: eventData.ReturnAcknowledged,
  OrderDeletion: fc.record({ contractId, dataSetId, deadline: legalDate }),
  EraseStore: eventData.StoreErased,
  DestroyKeys: eventData.KeysDestroyed,
  DeleteDataSet: eventData.DataSetDeleted,
};

/** Events of a data set, by type. Each has the right shape; together they are no history. */
export const dataSetEvents: ArbitraryMessages<DataSetEvent> = messagesOf<DataSetEvent>(eventData);

/** Commands to a data set, by type. */
export const dataSetCommands: ArbitraryMessages<DataSetCommand> = messagesOf<DataSetCommand>(commandData);

/** Any event of a data set. */
export const arbitraryDataSetEvent: fc.Arbitrary<DataSetEvent> = anyOf<DataSetEvent>(dataSetEvents);

/** Any command to a data set. */
export const arbitraryDataSetCommand: fc.Arbitrary<DataSetCommand> = anyOf<DataSetCommand>(dataSetCommands);
