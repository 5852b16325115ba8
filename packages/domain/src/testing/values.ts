import fc from 'fast-check';
import type { ContractTerms, DeletionPolicy } from '../contract';
import type { Grant, InstructionContent, SpecialCategoryDeclaration } from '../processing-instruction';
import type { ErasureReceipt, RegisteredStore } from '../recipient-data-set';
import {
  channels,
  dataCategories,
  purposes,
  specialCategories,
  type Clause,
  type Country,
  type Digest,
  type Evidence,
  type Period,
  type Reference,
  type StoreName,
  type TimeZone,
} from '../vocabulary';
import { zones } from './calendar';
import { arbitraryIds } from './ids';
import { arbitraryInstant, arbitraryInterval, arbitraryLegalDate } from './instants';
import { arbitraryWords as words, someOf } from './words';

/** Countries that the arbitraries know: two of the Union, one outside, one that left. */
export const countries = ['PL', 'DE', 'US', 'GB'] as readonly string[] as readonly Country[];

/** Names of stores that the arbitraries know. */
export const storeNames = [
  'message-archive',
  'contact-index',
  'send-queue',
  'click-log',
] as readonly string[] as readonly StoreName[];

/** The digest with a number: readable in a counterexample, and never that of another number. */
export const nthDigest = (number: number): Digest => number.toString(16).padStart(64, '0') as Digest;

const digest: fc.Arbitrary<Digest> = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map(nthDigest),
  fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => text as Digest),
);

const reference: fc.Arbitrary<Reference> = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9/._:-]{0,38}[A-Za-z][A-Za-z0-9/._:-]{0,38}$/)
  .map((text) => text as Reference);

const clause: fc.Arbitrary<Clause> = fc
  .stringMatching(/^\d{1,3}(?:\.[0-9a-z]{1,3}){0,4}$/)
  .map((text) => text as Clause);

const storeName: fc.Arbitrary<StoreName> = fc.oneof(
  fc.constantFrom(...storeNames),
  fc.stringMatching(/^[a-z][a-z0-9]{0,9}(?:-[a-z0-9]{1,9}){0,3}$/).map((text) => text as StoreName),
);

const timeZone: fc.Arbitrary<TimeZone> = fc.constantFrom(...zones).map((zone) => zone as string as TimeZone);

const country: fc.Arbitrary<Country> = fc.oneof(
  fc.constantFrom(...countries),
  fc.stringMatching(/^[A-Z]{2}$/).map((text) => text as Country),
);

const period: fc.Arbitrary<Period> = fc.record({
  unit: fc.constantFrom('days', 'months'),
  count: fc.nat(400),
});

const evidence: fc.Arbitrary<Evidence> = fc.record({
  digest,
  medium: words.documentMedium,
  reference,
  receivedAt: arbitraryInstant,
});

const deletionPolicy: fc.Arbitrary<DeletionPolicy> = fc.record({
  mode: fc.constant('crypto-shredding-and-erasure' as const),
  deadline: period,
  zone: timeZone,
  backupRetention: period,
});

const contractTerms: fc.Arbitrary<ContractTerms> = fc.record({
  purposes: someOf(purposes),
  categories: someOf(dataCategories),
  channels: someOf(channels),
  countries: someOf(countries),
  document: evidence,
  deletion: deletionPolicy,
});

const dataSetIds = fc.uniqueArray(arbitraryIds.dataSetId, { minLength: 1, maxLength: 3 });

const grant: fc.Arbitrary<Grant> = fc.record({
  clause,
  purposes: someOf(purposes),
  categories: someOf(dataCategories),
  channels: someOf(channels),
  dataSets: fc.oneof(fc.constant('all' as const), dataSetIds as unknown as fc.Arbitrary<Grant['dataSets']>),
  countries: someOf(countries),
});

const specialCategoryDeclaration: fc.Arbitrary<SpecialCategoryDeclaration> = fc.record({
  categories: someOf(specialCategories),
  basis: words.specialCategoryBasis,
});

const grants = fc.uniqueArray(grant, { selector: (each) => each.clause, minLength: 1, maxLength: 3 });

const instructionContent: fc.Arbitrary<InstructionContent> = fc.record(
  {
    issuerId: arbitraryIds.issuerId,
    evidence,
    grants: grants as unknown as fc.Arbitrary<InstructionContent['grants']>,
    legalBasis: words.legalBasis,
    specialCategories: specialCategoryDeclaration,
    interval: arbitraryInterval,
  },
  { requiredKeys: ['issuerId', 'evidence', 'grants', 'legalBasis', 'interval'] },
);

const wholeNumber: fc.Arbitrary<number> = fc.oneof(fc.nat(9), fc.maxSafeNat());

const registeredStore: fc.Arbitrary<RegisteredStore> = fc.record(
  { name: storeName, kind: words.storeKind, region: country, backupRetention: period },
  { requiredKeys: ['name', 'kind', 'region'] },
);

const erasureReceipt: fc.Arbitrary<ErasureReceipt> = fc.record(
  {
    method: words.erasureMethod,
    found: wholeNumber,
    erased: wholeNumber,
    firstActionAt: arbitraryInstant,
    lastActionAt: arbitraryInstant,
    verification: words.erasureVerification,
    evidenceDigest: digest,
  },
  { requiredKeys: ['method', 'found', 'erased', 'firstActionAt', 'lastActionAt', 'verification'] },
);

/** Values of each kind that events and commands are made of. */
export const arbitraryValues = {
  instant: arbitraryInstant,
  legalDate: arbitraryLegalDate,
  interval: arbitraryInterval,
  digest,
  reference,
  clause,
  storeName,
  timeZone,
  country,
  period,
  wholeNumber,
  evidence,
  contractTerms,
  grant,
  specialCategoryDeclaration,
  instructionContent,
  registeredStore,
  erasureReceipt,
} as const;
