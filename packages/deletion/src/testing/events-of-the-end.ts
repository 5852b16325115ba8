// What a deletion leaves in the log, and what can stand in its way.
import type { ErasureReceipt, LegalDate, SendingOutcome } from '@mandate/domain';
import type { Unchecked } from '@mandate/event-sourcing';
import type { DeletionEvent } from '../events';
import { batchId, dataSetId, deadlineDay, document, eventOf, ids, retentionId } from './events';

const contractId = ids.contract;

/** Two days after the end: what a deletion does is dated to this instant. */
export const then = '2026-04-01T10:00:00.000Z';

export const processed = (number: number, outcome: SendingOutcome, operations: number): DeletionEvent =>
  eventOf('ProcessingRecorded', {
    contractId,
    dataSetId: dataSetId(number),
    batchId: batchId(operations),
    instructionId: ids.instruction,
    instructionVersion: 1,
    clause: '1',
    purpose: 'delivery',
    channel: 'e-mail',
    country: 'PL',
    interval: { from: '2026-01-02T09:00:00.000Z', until: '2026-01-02T10:00:00.000Z' },
    outcome,
    operations,
  });

export const retained = (number: number, law: number, until: Unchecked<LegalDate>): DeletionEvent =>
  eventOf('RetentionLawApplied', {
    contractId,
    dataSetId: dataSetId(number),
    retentionId: retentionId(law),
    jurisdiction: 'PL',
    law: 'UoR',
    article: 'art-74',
    items: ['contact-data'],
    until,
  });

export const lifted = (number: number, law: number): DeletionEvent =>
  eventOf('RetentionLawLifted', {
    contractId,
    dataSetId: dataSetId(number),
    retentionId: retentionId(law),
    effectiveAt: then,
  });

export const takenBack = (number: number, endsAt: Unchecked<LegalDate>): DeletionEvent =>
  eventOf('DataSetWithdrawn', {
    contractId,
    dataSetId: dataSetId(number),
    issuerId: ids.issuer,
    endsAt,
    withdrawal: document('a'),
  });

export const acknowledged = (number: number): DeletionEvent =>
  eventOf('ReturnAcknowledged', {
    contractId,
    dataSetId: dataSetId(number),
    issuerId: ids.issuer,
    acknowledgement: document(String(number)),
  });

export const ordered = (number: number): DeletionEvent =>
  eventOf('DeletionOrdered', {
    contractId,
    dataSetId: dataSetId(number),
    choice: 'delete',
    deadline: deadlineDay,
    recipients: 3,
    stores: ['recipient-database', 'message-archive'],
  });

export const keysDestroyed = (number: number): DeletionEvent =>
  eventOf('KeysDestroyed', {
    contractId,
    dataSetId: dataSetId(number),
    keys: 4,
    fenceRevision: number,
    destroyedAt: then,
  });

export const receipt: Unchecked<ErasureReceipt> = {
  method: 'row-deletion',
  found: 3,
  erased: 3,
  firstActionAt: then,
  lastActionAt: then,
  verification: 'recounted',
};

export const erased = (number: number, name: string): DeletionEvent =>
  eventOf('StoreErased', { contractId, dataSetId: dataSetId(number), store: name, receipt });

export const deleted = (number: number, deletedAt = then): DeletionEvent =>
  eventOf('DataSetDeleted', { contractId, dataSetId: dataSetId(number), deletedAt });

/** Everything that happens to a data set with the two usual stores, in the usual order. */
export const wholeDeletionOf = (number: number): readonly DeletionEvent[] => [
  ordered(number),
  keysDestroyed(number),
  erased(number, 'recipient-database'),
  erased(number, 'message-archive'),
  deleted(number),
];
