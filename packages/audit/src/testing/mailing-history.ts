import type { ContractId, Country, DataSetId, MandateEvent, ProcessingOperation } from '@mandate/domain';
import { nth, nthDigest, type History } from '@mandate/domain/testing';
import type { Instant } from '@mandate/event-sourcing';

const contractId: ContractId = nth.contractId(1);
const dataSetId: DataSetId = nth.dataSetId(1);
const instant = (text: string): Instant => text as Instant;
const startsAt = instant('2026-01-01T00:00:00.000Z');

/** What the history below permits, and instants at which it does and does not. */
export const mailing = {
  request: {
    operation: 'process',
    contractId,
    dataSetId,
    purpose: 'delivery',
    categories: ['recipient-contact'],
    channel: 'e-mail',
    country: 'PL' as Country,
  } satisfies ProcessingOperation as ProcessingOperation,
  /** Instructed with effect from February on, but recorded in March only. */
  beforeItWasKnown: instant('2026-02-15T10:00:00.000Z'),
  during: instant('2026-04-01T10:00:00.000Z'),
  /** Withdrawn with effect from June on, recorded in July. */
  withdrawnLater: instant('2026-06-15T10:00:00.000Z'),
  afterTheEnd: instant('2026-09-01T10:00:00.000Z'),
  afterTheDeletion: instant('2026-10-01T10:00:00.000Z'),
};

const evidence = {
  digest: nthDigest(1),
  medium: 'signed-document',
  reference: 'DPA-2026',
  receivedAt: startsAt,
} as const;

const concluded = {
  type: 'ContractConcluded',
  data: {
    contractId,
    controllerId: nth.controllerId(1),
    processorId: nth.processorId(1),
    startsAt: { date: '2026-01-01', zone: 'UTC', at: startsAt },
    terms: {
      purposes: ['delivery', 'analytics'],
      categories: ['recipient-contact', 'message-content', 'technical-metadata'],
      channels: ['e-mail'],
      countries: ['PL'],
      document: evidence,
      deletion: {
        mode: 'crypto-shredding-and-erasure',
        deadline: { unit: 'days', count: 30 },
        zone: 'Europe/Warsaw',
        backupRetention: { unit: 'days', count: 35 },
      },
    },
    endOfService: 'delete',
    issuers: [nth.issuerId(1)],
  },
};

const entrusted = {
  type: 'DataSetEntrusted',
  data: {
    contractId,
    dataSetId,
    source: 'controller',
    categories: ['recipient-contact', 'message-content'],
    recipients: 1000,
    manifestDigest: nthDigest(2),
    region: 'PL',
    stores: [{ name: 'main', kind: 'database', region: 'PL' }],
  },
};

const issued = {
  type: 'InstructionIssued',
  data: {
    contractId,
    instructionId: nth.instructionId(1),
    entitlement: 'authorised',
    content: {
      issuerId: nth.issuerId(1),
      evidence,
      grants: [
        {
          clause: '1',
          purposes: ['delivery'],
          categories: ['recipient-contact', 'message-content'],
          channels: ['e-mail'],
          dataSets: 'all',
          countries: ['PL'],
        },
      ],
      legalBasis: 'art-6-1-a-consent',
      interval: { from: '2026-02-01T00:00:00.000Z' },
    },
  },
};

const withdrawn = {
  type: 'InstructionWithdrawn',
  data: {
    contractId,
    instructionId: nth.instructionId(1),
    effectiveAt: '2026-06-01T00:00:00.000Z',
    issuerId: nth.issuerId(1),
    withdrawal: { ...evidence, receivedAt: instant('2026-07-01T00:00:00.000Z') },
  },
};

const terminated = {
  type: 'ContractTerminated',
  data: {
    contractId,
    endedAt: { date: '2026-08-01', zone: 'UTC', at: '2026-08-01T00:00:00.000Z' },
    ground: 'notice-by-controller',
  },
};

const ofDataSet = { contractId, dataSetId };

const deleted = [
  {
    type: 'DeletionOrdered',
    data: {
      ...ofDataSet,
      choice: 'delete',
      deadline: { date: '2026-08-31', zone: 'UTC', at: '2026-08-31T00:00:00.000Z' },
      recipients: 1000,
      stores: ['main'],
    },
  },
  { type: 'DataSetDeleted', data: { ...ofDataSet, deletedAt: '2026-09-15T00:00:00.000Z' } },
  {
    type: 'ContractClosed',
    data: {
      contractId,
      certificateId: nth.certificateId(1),
      certificateDigest: nthDigest(3),
      status: 'complete',
    },
  },
];

type Recorded = readonly [recordedAt: string, event: object];

const recorded = (events: readonly Recorded[]): History =>
  events.map(([recordedAt, event]) => ({
    recordedAt: instant(recordedAt),
    event: event as unknown as MandateEvent,
  }));

/** A contract of one year: an instruction that is recorded late, withdrawn late, and an end. */
export const mailingHistory: History = recorded([
  ['2026-01-01T00:00:00.000Z', concluded],
  ['2026-01-02T00:00:00.000Z', entrusted],
  ['2026-03-01T00:00:00.000Z', issued],
  ['2026-07-01T00:00:00.000Z', withdrawn],
  ['2026-08-01T00:00:00.000Z', terminated],
]);

/** The same, until everything is deleted and certified. */
export const deletedHistory: History = [
  ...mailingHistory,
  ...recorded(deleted.map((event): Recorded => ['2026-09-15T00:00:00.000Z', event])),
];
