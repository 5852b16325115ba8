import { guardedCodec } from '@mandate/event-sourcing';
import type * as t from 'io-ts';

/** A codec for one word of a closed list. */
const oneOf = <Word extends string>(words: readonly Word[], name: string): t.Type<Word, Word> =>
  guardedCodec(`${name} (${words.join(', ')})`, (value): value is Word =>
    words.some((word) => word === value),
  );

/** The five parts of the one purpose, the service. A purpose beyond them cannot be instructed (Art. 28(3)). */
export const purposes = ['delivery', 'management', 'analytics', 'security', 'availability'] as const;
export type Purpose = (typeof purposes)[number];
export const purpose = oneOf(purposes, 'a purpose');

/** What a platform may want for itself. Named only so that a request for it can be denied by name (Art. 28(10), 29). */
export const ownPurposes = ['own-product-improvement', 'model-training', 'own-marketing'] as const;
export type OwnPurpose = (typeof ownPurposes)[number];
export const ownPurpose = oneOf(ownPurposes, 'a purpose of the processor itself');

/** What kind of personal data is handled. */
export const dataCategories = ['recipient-contact', 'message-content', 'technical-metadata'] as const;
export type DataCategory = (typeof dataCategories)[number];
export const dataCategory = oneOf(dataCategories, 'a data category');

export const channels = ['e-mail', 'sms', 'push', 'in-app', 'chat', 'voice'] as const;
export type Channel = (typeof channels)[number];
export const channel = oneOf(channels, 'a channel');

/** The special categories of GDPR Art. 9(1) and the data of Art. 10. */
export const specialCategories = [
  'racial-or-ethnic-origin',
  'political-opinions',
  'religious-or-philosophical-beliefs',
  'trade-union-membership',
  'genetic-data',
  'biometric-data',
  'health',
  'sex-life-or-sexual-orientation',
  'criminal-convictions',
] as const;
export type SpecialCategory = (typeof specialCategories)[number];
export const specialCategory = oneOf(specialCategories, 'a special category');

/** The bases of GDPR Art. 6(1), as the controller asserts them. Never inferred. */
export const legalBases = [
  'art-6-1-a-consent',
  'art-6-1-b-contract',
  'art-6-1-c-legal-obligation',
  'art-6-1-d-vital-interests',
  'art-6-1-e-public-task',
  'art-6-1-f-legitimate-interests',
] as const;
export type LegalBasis = (typeof legalBases)[number];
export const legalBasis = oneOf(legalBases, 'a legal basis');

/** The exceptions of GDPR Art. 9(2), as the controller asserts them for special categories in its content. */
export const specialCategoryBases = [
  'art-9-2-a-explicit-consent',
  'art-9-2-b-employment-and-social-law',
  'art-9-2-c-vital-interests',
  'art-9-2-d-not-for-profit-bodies',
  'art-9-2-e-made-public',
  'art-9-2-f-legal-claims',
  'art-9-2-g-substantial-public-interest',
  'art-9-2-h-health-care',
  'art-9-2-i-public-health',
  'art-9-2-j-archiving-and-research',
  'art-10-under-law',
] as const;
export type SpecialCategoryBasis = (typeof specialCategoryBases)[number];
export const specialCategoryBasis = oneOf(specialCategoryBases, 'a basis for special categories');

export const memberStates = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
] as const;

/** Whether the law of a jurisdiction can require storage after the end (Art. 28(3)(g)): Union or Member State. */
export const isUnionOrMemberState = (jurisdiction: string): boolean =>
  jurisdiction === 'EU' || memberStates.some((state) => state === jurisdiction);

export const endOfServiceChoices = ['delete', 'return-then-delete'] as const;
/** What the controller wants done with the data at the end (Art. 28(3)(g)). */
export type EndOfServiceChoice = (typeof endOfServiceChoices)[number];
export const endOfServiceChoice = oneOf(endOfServiceChoices, 'a choice for the end of service');

export const terminationGrounds = [
  'end-of-term',
  'notice-by-controller',
  'notice-by-processor',
  'agreement',
  'suspended-over-one-month',
  'substantial-or-persistent-breach',
  'binding-decision-not-followed',
  'infringing-instruction-insisted-on',
] as const;
/** Why a contract ends; the last four follow clause 10(b) and (c) of the standard contractual clauses. */
export type TerminationGround = (typeof terminationGrounds)[number];
export const terminationGround = oneOf(terminationGrounds, 'a ground for termination');

export const suspensionGrounds = [
  'breach-by-processor',
  'breach-by-controller',
  'inability-notice',
  'agreement',
] as const;
/** Why processing is suspended (clause 10(a) of the standard contractual clauses). */
export type SuspensionGround = (typeof suspensionGrounds)[number];
export const suspensionGround = oneOf(suspensionGrounds, 'a ground for suspension');

export const documentMedia = [
  'signed-document',
  'electronic-signature',
  'e-mail-message',
  'customer-portal',
  'api',
] as const;
/** How a document reached us. */
export type DocumentMedium = (typeof documentMedia)[number];
export const documentMedium = oneOf(documentMedia, 'a medium');

export const erasureMethods = [
  'row-deletion',
  'file-deletion',
  'crypto-shredding',
  'attestation',
  'nothing-held',
] as const;
/** How a store got rid of the data. */
export type ErasureMethod = (typeof erasureMethods)[number];
export const erasureMethod = oneOf(erasureMethods, 'a method of erasure');

export const restrictionGrounds = [
  'art-18-1-a-accuracy-contested',
  'art-18-1-b-unlawful-processing',
  'art-18-1-c-legal-claims',
  'art-18-1-d-objection-pending',
  'controller-instruction',
] as const;
/** Why processing of a data set is restricted (GDPR Art. 18(1)). */
export type RestrictionGround = (typeof restrictionGrounds)[number];
export const restrictionGround = oneOf(restrictionGrounds, 'a ground for restriction');

export const contestGrounds = ['gdpr', 'union-law', 'member-state-law'] as const;
/** Which law the processor thinks an instruction infringes (Art. 28(3), last paragraph). */
export type ContestGround = (typeof contestGrounds)[number];
export const contestGround = oneOf(contestGrounds, 'a ground for contesting');

export const sendingOutcomes = ['handed-over', 'cancelled', 'failed'] as const;
/** What became of the messages of a batch. */
export type SendingOutcome = (typeof sendingOutcomes)[number];
export const sendingOutcome = oneOf(sendingOutcomes, 'an outcome of sending');

export const retainedItems = [
  'contact-data',
  'message-content',
  'sending-times',
  'delivery-status',
  'engagement',
] as const;
/** What a law can require to be kept, item by item. */
export type RetainedItem = (typeof retainedItems)[number];
export const retainedItem = oneOf(retainedItems, 'an item a law requires');

export const returnFormats = ['csv', 'jsonl', 'api-export'] as const;
/** In which form data went back to the controller. */
export type ReturnFormat = (typeof returnFormats)[number];
export const returnFormat = oneOf(returnFormats, 'a format');

export const certificateStatuses = ['complete', 'complete-except-dated-remainder', 'partial'] as const;
/** What a deletion certificate claims; never a bare "done". */
export type CertificateStatus = (typeof certificateStatuses)[number];
export const certificateStatus = oneOf(certificateStatuses, 'a certificate status');

export const storeKinds = [
  'database',
  'files',
  'queue',
  'search-index',
  'log',
  'export',
  'backup',
  'external-system',
] as const;
/** What kind of place holds entrusted data. Exports, logs and staff copies are places too. */
export type StoreKind = (typeof storeKinds)[number];
export const storeKind = oneOf(storeKinds, 'a kind of store');

export const erasureVerifications = ['recounted', 'attested'] as const;
/** How it was checked that a store holds nothing any more. */
export type ErasureVerification = (typeof erasureVerifications)[number];
export const erasureVerification = oneOf(erasureVerifications, 'a verification');
