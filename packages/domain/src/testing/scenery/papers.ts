import type { Instant } from '@mandate/event-sourcing';
import type { ContractTerms } from '../../contract';
import type { Country, Evidence, LegalDate, Reference, TimeZone } from '../../vocabulary';
import { legalDateOf } from '../calendar';
import { nth } from '../ids';
import { shifted } from '../instants';
import { nthDigest } from '../values';

// One contract, its parties and its papers: the specifications of all concepts tell of the same one.

export const contractId = nth.contractId(1);
export const otherContractId = nth.contractId(2);
export const instructionId = nth.instructionId(1);
export const dataSetId = nth.dataSetId(1);
/** Named when the contract was concluded. */
export const issuerId = nth.issuerId(1);
/** Never named, unless a story does so. */
export const strangerId = nth.issuerId(2);

export const poland = 'PL' as Country;
export const germany = 'DE' as Country;
export const unitedStates = 'US' as Country;

export const noonOf = (date: string): Instant => `${date}T12:00:00.000Z` as Instant;
export const justBefore = (instant: Instant): Instant => shifted(instant, -1);
export const justAfter = (instant: Instant): Instant => shifted(instant, 1);

/** A day in Warsaw. */
export const day = (date: string): LegalDate => legalDateOf(date, 'Europe/Warsaw');

/** The signed terms arrived some days before the contract starts. */
export const signedAt = noonOf('2025-12-15');
export const startsAt = day('2026-01-01');
/** When most of what the stories tell happens. */
export const today = noonOf('2026-02-02');
/** The day after the clocks changed, so that it begins at another hour of UTC than most days before. */
export const noticedEnd = day('2026-03-30');

export const paper = (receivedAt: Instant = today): Evidence => ({
  digest: nthDigest(1),
  medium: 'signed-document',
  reference: 'dpa/2026-001' as Reference,
  receivedAt,
});

export const terms = (change: Partial<ContractTerms> = {}): ContractTerms => ({
  purposes: ['delivery', 'management', 'analytics'],
  categories: ['recipient-contact', 'message-content'],
  channels: ['e-mail', 'sms'],
  countries: [poland, germany],
  document: paper(signedAt),
  deletion: {
    mode: 'crypto-shredding-and-erasure',
    deadline: { unit: 'days', count: 30 },
    zone: 'Europe/Warsaw' as TimeZone,
    backupRetention: { unit: 'days', count: 35 },
  },
  ...change,
});
