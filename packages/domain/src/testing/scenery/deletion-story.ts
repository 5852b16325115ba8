import type { Instant } from '@mandate/event-sourcing';
import type { DataSetCommand, ErasureReceipt } from '../../recipient-data-set';
import {
  retainedItems,
  type Country,
  type EndOfServiceChoice,
  type LegalDate,
  type NonEmpty,
  type Reference,
  type RetentionId,
  type StoreName,
} from '../../vocabulary';
import { nth } from '../ids';
import {
  aboutTheDataSet as about,
  afterwards,
  archive,
  entrusting,
  index,
  toldOfDataSet as told,
  type DataSetStory,
  type ToldOfDataSet,
} from './data-set-story';
import { day, issuerId, paper, poland } from './papers';

const law = {
  ...about,
  law: 'act/2026-7' as Reference,
  article: 'art-7.2' as Reference,
  items: [retainedItems[2]] as const,
};

/** A law of a Member State, or of the Union. */
export const retaining = (
  until: LegalDate,
  jurisdiction: Country = poland,
  retentionId: RetentionId = nth.retentionId(1),
): ToldOfDataSet =>
  told('ApplyRetentionLaw', {
    type: 'RetentionLawApplied',
    data: { ...law, retentionId, jurisdiction, until },
  });

/** Asked for by anybody else. */
export const conflicting = (jurisdiction: Country, retentionId = nth.retentionId(1)): ToldOfDataSet =>
  told('ApplyRetentionLaw', {
    type: 'RetentionConflictRecorded',
    data: { ...law, retentionId, jurisdiction, until: day('2031-01-01') },
  });

export const lifting = (effectiveAt: Instant, retentionId = nth.retentionId(1)): ToldOfDataSet =>
  told('LiftRetentionLaw', { type: 'RetentionLawLifted', data: { ...about, retentionId, effectiveAt } });

export const returning: ToldOfDataSet = told('ReturnDataSet', {
  type: 'DataSetReturned',
  data: { ...about, returnedAt: afterwards, format: 'csv', recipients: 10 },
});

export const acknowledging: ToldOfDataSet = told('AcknowledgeReturn', {
  type: 'ReturnAcknowledged',
  data: { ...about, issuerId, acknowledgement: paper(afterwards) },
});

interface WhatIsLeft {
  readonly recipients: number;
  readonly stores: NonEmpty<StoreName>;
}
const asEntrusted: WhatIsLeft = { recipients: 10, stores: [archive, index] };

/** The order names what will be destroyed, which the command leaves to the data set. */
export const ordering = (
  choice: EndOfServiceChoice = 'delete',
  { recipients, stores } = asEntrusted,
): ToldOfDataSet => {
  const deadline = day('2026-04-29');
  const command: DataSetCommand = { type: 'OrderDeletion', data: { ...about, deadline } };
  return {
    command,
    event: { type: 'DeletionOrdered', data: { ...about, choice, deadline, recipients, stores } },
  };
};

export const receipt = (found: number, erased = found): ErasureReceipt => ({
  method: 'row-deletion',
  found,
  erased,
  firstActionAt: afterwards,
  lastActionAt: afterwards,
  verification: 'recounted',
});

export const erasingStore = (store: StoreName, given: ErasureReceipt = receipt(10)): ToldOfDataSet =>
  told('EraseStore', { type: 'StoreErased', data: { ...about, store, receipt: given } });

export const destroyingKeys: ToldOfDataSet = told('DestroyKeys', {
  type: 'KeysDestroyed',
  data: { ...about, keys: 11, fenceRevision: 1, destroyedAt: afterwards },
});

export const deleting: ToldOfDataSet = told('DeleteDataSet', {
  type: 'DataSetDeleted',
  data: { ...about, deletedAt: afterwards },
});

export const ordered: DataSetStory = [entrusting(), ordering()];
export const keyless: DataSetStory = [...ordered, destroyingKeys];
export const erased: DataSetStory = [...keyless, erasingStore(archive), erasingStore(index)];
export const deleted: DataSetStory = [...erased, deleting];
