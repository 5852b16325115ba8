import type { Instant } from '@mandate/event-sourcing';
import { contract } from '../../contract';
import {
  recipientDataSet,
  type DataSetCommand,
  type DataSetEntrusted,
  type DataSetEvent,
  type DataSetFacts,
  type DataSetRejection,
  type RegisteredStore,
} from '../../recipient-data-set';
import type { BatchId, Clause, Country, ErasureRequestId, LegalDate, StoreName } from '../../vocabulary';
import { nth } from '../ids';
import { nthDigest } from '../values';
import { choice, concluded, conclusion, termination, type ContractStory } from './contract-story';
import {
  contractId,
  dataSetId,
  instructionId,
  issuerId,
  noonOf,
  noticedEnd,
  paper,
  poland,
  today,
} from './papers';
import { afterStory, stateAfter, type Sequel, type Story, type Told } from './told';

export type ToldOfDataSet = Told<DataSetCommand, DataSetEvent>;
export type DataSetStory = Story<DataSetCommand, DataSetEvent>;

const about = { contractId, dataSetId };

type Telling = Exclude<DataSetCommand['type'], 'OrderDeletion'>;
const told = (commandType: Telling, event: DataSetEvent): ToldOfDataSet => ({
  // Apart from the order to delete, a command to a data set says what its event will say.
  command: { type: commandType, data: event.data } as DataSetCommand,
  event,
});

export const archive = 'message-archive' as StoreName;
export const index = 'contact-index' as StoreName;
export const queue = 'send-queue' as StoreName;

export const store = (name: StoreName = archive, region: Country = poland): RegisteredStore => ({
  name,
  kind: 'database',
  region,
});

/** Ten recipients in two stores, unless told otherwise. */
export const entrusting = (change: Partial<DataSetEntrusted['data']> = {}): ToldOfDataSet =>
  told('EntrustDataSet', {
    type: 'DataSetEntrusted',
    data: {
      ...about,
      source: 'controller',
      categories: ['recipient-contact'],
      recipients: 10,
      manifestDigest: nthDigest(1),
      region: poland,
      stores: [store(archive), store(index)],
      ...change,
    },
  });

export const adding = (recipients: number): ToldOfDataSet =>
  told('AddRecipients', {
    type: 'RecipientsAdded',
    data: { ...about, recipients, manifestDigest: nthDigest(2) },
  });

export const removing = (recipients: number): ToldOfDataSet =>
  told('RemoveRecipients', { type: 'RecipientsRemoved', data: { ...about, recipients } });

export const registering = (name: StoreName): ToldOfDataSet =>
  told('RegisterStore', { type: 'StoreRegistered', data: { ...about, store: store(name) } });

export const processing = (
  until: Instant = noonOf('2026-02-01'),
  batchId: BatchId = nth.batchId(1),
): ToldOfDataSet =>
  told('RecordProcessing', {
    type: 'ProcessingRecorded',
    data: {
      ...about,
      batchId,
      instructionId,
      instructionVersion: 1,
      clause: '1' as Clause,
      purpose: 'delivery',
      channel: 'e-mail',
      country: poland,
      interval: { from: noonOf('2026-01-31'), until },
      outcome: 'handed-over',
      operations: 10,
    },
  });

export const restricting = (effectiveAt: Instant): ToldOfDataSet =>
  told('RestrictDataSet', {
    type: 'DataSetRestricted',
    data: { ...about, effectiveAt, ground: 'controller-instruction' },
  });

export const unrestricting = (effectiveAt: Instant): ToldOfDataSet =>
  told('UnrestrictDataSet', { type: 'DataSetUnrestricted', data: { ...about, effectiveAt } });

export const takingBack = (endsAt: LegalDate): ToldOfDataSet =>
  told('WithdrawDataSet', {
    type: 'DataSetWithdrawn',
    data: { ...about, issuerId, endsAt, withdrawal: paper() },
  });

export const erasing = (requestId: ErasureRequestId = nth.erasureRequestId(1)): ToldOfDataSet =>
  told('EraseRecipient', {
    type: 'RecipientErased',
    data: { ...about, requestId, forwardedAt: today, method: 'crypto-shredding' },
  });

export const noticing = (controllerInformedAt: Instant): ToldOfDataSet =>
  told('NoticeSpecialCategory', {
    type: 'SpecialCategoryNoticed',
    data: { ...about, categories: ['health'], noticedAt: today, controllerInformedAt },
  });

/** The moment, with the contract as a story of its own tells it. */
export const dataSetFacts = (
  contractStory: ContractStory = concluded,
  now: Instant = today,
): DataSetFacts => ({ now, contract: stateAfter(contract, contractStory) });

/** After the end: one month and a few days later. */
export const afterwards: Instant = noonOf('2026-05-05');
export const whenDeleting: DataSetFacts = dataSetFacts([conclusion(), termination(noticedEnd)], afterwards);
export const whenReturning: DataSetFacts = dataSetFacts(
  [conclusion(), choice('return-then-delete'), termination(noticedEnd)],
  afterwards,
);

export const held: DataSetStory = [entrusting()];

const after = afterStory(recipientDataSet);

/** Goes on with the story of the data set. */
export const dataSetAfter = (
  story: DataSetStory,
  facts: DataSetFacts = dataSetFacts(),
): Sequel<DataSetCommand, DataSetEvent, DataSetRejection> => after(story, facts);

export { about as aboutTheDataSet, told as toldOfDataSet };
