import { createHash } from 'node:crypto';
import type { EventToAppend, JsonObject, Uuid } from '@mandate/event-sourcing';

/** The id of that number among those of a kind; ids are spread as random ones are, since indexes feel the difference. */
export const sampleUuid = (kind: string, number: number): Uuid =>
  createHash('sha256')
    .update(`${kind} ${number}`)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Uuid;

const digestText = (number: number): string =>
  createHash('sha256').update(`document ${number}`).digest('hex');

const contractId = sampleUuid('contract', 0);

/** A batch of sends on record: the event of which a processor's history has most. */
export const batchData = (dataSet: number, number: number): JsonObject => ({
  contractId,
  dataSetId: sampleUuid('data-set', dataSet),
  batchId: sampleUuid('batch', number),
  instructionId: sampleUuid('instruction', dataSet),
  instructionVersion: 1 + (number % 3),
  clause: `${1 + (number % 5)}`,
  purpose: 'delivery',
  channel: number % 2 === 0 ? 'e-mail' : 'sms',
  country: 'PL',
  interval: { from: '2026-03-29T08:00:00.000Z', until: '2026-03-29T08:05:00.000Z' },
  outcome: 'handed-over',
  operations: number % 1000,
});

const recipientsData = (dataSet: number, number: number): JsonObject => ({
  contractId,
  dataSetId: sampleUuid('data-set', dataSet),
  recipients: number % 100,
  manifestDigest: digestText(number),
});

const contentData = (number: number): JsonObject => ({
  issuerId: sampleUuid('issuer', 0),
  evidence: {
    digest: digestText(number),
    medium: 'customer-portal',
    reference: `instruction/${number}`,
    receivedAt: '2026-03-29T07:00:00.000Z',
  },
  grants: [
    {
      clause: '1',
      purposes: ['delivery', 'management'],
      categories: ['recipient-contact', 'message-content'],
      channels: ['e-mail', 'sms'],
      dataSets: 'all',
      countries: ['PL', 'DE'],
    },
  ],
  legalBasis: 'art-6-1-b-contract',
  interval: { from: '2026-03-29T07:00:00.000Z' },
});

const amendmentData = (instruction: number, number: number): JsonObject => ({
  contractId,
  instructionId: sampleUuid('instruction', instruction),
  effectiveAt: '2026-03-29T07:30:00.000Z',
  content: contentData(number),
});

const toAppend = (number: number, type: string, data: JsonObject): EventToAppend => {
  const commandId = sampleUuid('command', number);
  return {
    eventId: sampleUuid('event', number),
    type,
    schemaVersion: 1,
    data,
    metadata: { commandId, correlationId: commandId, causationId: commandId, actor: 'platform' },
  };
};

/** A recorded batch, as it is appended. */
export const batchToAppend = (dataSet: number, number: number): EventToAppend =>
  toAppend(number, 'ProcessingRecorded', batchData(dataSet, number));

/** The event of that number in a long history: mostly batches, every tenth something else, flat or nested. */
export const historyEvent = (stream: number, number: number): EventToAppend => {
  if (number % 20 === 0) return toAppend(number, 'InstructionAmended', amendmentData(stream, number));
  if (number % 10 === 0) return toAppend(number, 'RecipientsAdded', recipientsData(stream, number));
  return batchToAppend(stream, number);
};
