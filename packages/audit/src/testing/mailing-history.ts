import type { MandateEvent, StoreName } from '@mandate/domain';
import {
  followedBy,
  legalDateOf,
  nth,
  nthDigest,
  paper,
  plainHistory,
  plainRequest,
  type History,
} from '@mandate/domain/testing';
import type { Instant } from '@mandate/event-sourcing';

const instant = (text: string): Instant => text as Instant;
const midnight = (date: string): Instant => instant(`${date}T00:00:00.000Z`);

/** What the history below permits, and instants at which it does and does not. */
export const mailing = {
  request: plainRequest,
  /** Instructed with effect from February on, but recorded in March only. */
  beforeItWasKnown: instant('2026-02-15T10:00:00.000Z'),
  during: instant('2026-04-01T10:00:00.000Z'),
  /** Withdrawn with effect from June on, recorded in July. */
  withdrawnLater: instant('2026-06-15T10:00:00.000Z'),
  afterTheEnd: instant('2026-09-01T10:00:00.000Z'),
  afterTheDeletion: instant('2026-10-01T10:00:00.000Z'),
};

const withdrawn: MandateEvent = {
  type: 'InstructionWithdrawn',
  data: {
    contractId: plainRequest.contractId,
    instructionId: nth.instructionId(1),
    effectiveAt: midnight('2026-06-01'),
    issuerId: nth.issuerId(1),
    withdrawal: paper(4, midnight('2026-07-01')),
  },
};

const recordedOn: Partial<Readonly<Record<MandateEvent['type'], string>>> = {
  ContractConcluded: '2026-01-01',
  DataSetEntrusted: '2026-01-02',
  InstructionIssued: '2026-03-01',
  InstructionWithdrawn: '2026-07-01',
  ContractTerminated: '2026-08-01',
};

const term = {
  contract: { from: midnight('2026-01-01'), until: midnight('2026-08-01') },
  instruction: { from: midnight('2026-02-01') },
};

/** A contract of some months: an instruction that is recorded late, withdrawn late, and an end. */
export const mailingHistory: History = followedBy(plainHistory(term, term.contract.from), [withdrawn])
  .map(({ event }) => ({ event, recordedAt: midnight(recordedOn[event.type] ?? '2026-01-01') }))
  .toSorted((one, other) => one.recordedAt.localeCompare(other.recordedAt));

const { contractId, dataSetId } = plainRequest;
const certifiedAt = midnight('2026-09-15');

const deletion: readonly MandateEvent[] = [
  {
    type: 'DeletionOrdered',
    data: {
      contractId,
      dataSetId,
      choice: 'delete',
      deadline: legalDateOf('2026-08-31', 'Europe/Warsaw'),
      recipients: 1,
      stores: ['message-archive' as StoreName],
    },
  },
  { type: 'DataSetDeleted', data: { contractId, dataSetId, deletedAt: certifiedAt } },
  {
    type: 'ContractClosed',
    data: {
      contractId,
      certificateId: nth.certificateId(1),
      certificateDigest: nthDigest(5),
      status: 'complete',
    },
  },
];

/** The same, until everything is deleted and certified. */
export const deletedHistory: History = followedBy(mailingHistory, deletion, certifiedAt);
