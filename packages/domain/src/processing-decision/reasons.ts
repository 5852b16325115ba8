import type { Instant } from '@mandate/event-sourcing';
import type {
  Channel,
  Clause,
  Country,
  DataCategory,
  InstructionId,
  OwnPurpose,
  Purpose,
  SubProcessorId,
} from '../vocabulary';

/** In which respect the nearest clause falls short of a request. */
export type RequestDimension =
  'purpose' | 'category' | 'channel' | 'data-set' | 'country' | 'special-category';

/** Why a clause that covers a request does not count at that instant. */
export type InstructionObstacle =
  | 'issuer-not-authorised'
  | 'instruction-not-yet-effective'
  | 'instruction-expired'
  | 'instruction-suspended'
  | 'instruction-contested'
  | 'instruction-withdrawn'
  | 'instruction-refused'
  | 'instruction-superseded';

/** Every reason for which an operation is denied. */
export type DenialReason =
  | { readonly reason: 'contract-unknown' }
  | { readonly reason: 'scope-not-current' }
  | { readonly reason: 'contract-not-started'; readonly startsAt: Instant }
  | { readonly reason: 'contract-ended'; readonly endedAt: Instant }
  | { readonly reason: 'contract-closed' }
  | { readonly reason: 'contract-not-ended' }
  | { readonly reason: 'contract-suspended' }
  | { readonly reason: 'purpose-of-the-processor'; readonly purpose: OwnPurpose }
  | { readonly reason: 'purpose-outside-the-contract'; readonly purpose: Purpose }
  | { readonly reason: 'category-outside-the-contract'; readonly category: DataCategory }
  | { readonly reason: 'channel-outside-the-contract'; readonly channel: Channel }
  | { readonly reason: 'country-outside-the-contract'; readonly country: Country }
  | { readonly reason: 'data-set-unknown' }
  | { readonly reason: 'data-set-deleted' }
  | { readonly reason: 'data-set-restricted' }
  | { readonly reason: 'data-set-withdrawn'; readonly withdrawnFrom: Instant }
  | { readonly reason: 'data-set-being-deleted' }
  | { readonly reason: 'category-not-entrusted'; readonly category: DataCategory }
  | { readonly reason: 'sub-processor-unknown'; readonly subProcessorId: SubProcessorId }
  | { readonly reason: 'sub-processor-objected'; readonly subProcessorId: SubProcessorId }
  | {
      readonly reason: 'sub-processor-not-usable';
      readonly subProcessorId: SubProcessorId;
      readonly windowClosesAt?: Instant;
    }
  | {
      readonly reason: 'sub-processor-country';
      readonly subProcessorId: SubProcessorId;
      readonly country: Country;
    }
  | { readonly reason: 'special-category-outside-content' }
  | { readonly reason: 'special-category-for-analytics' }
  | {
      readonly reason: 'not-instructed';
      readonly category: DataCategory;
      /** The clause that comes nearest, and what it lacks; absent when there is no instruction at all. */
      readonly nearest?: {
        readonly instructionId: InstructionId;
        readonly clause: Clause;
        readonly lacks: readonly RequestDimension[];
      };
    }
  | {
      readonly reason: InstructionObstacle;
      readonly category: DataCategory;
      readonly instructionId: InstructionId;
      readonly clause: Clause;
    };

export type DenialCode = DenialReason['reason'];

/** Where each rule is written. */
export const articles: Readonly<Record<DenialCode, string>> = {
  'contract-unknown': 'GDPR Art. 28(3)',
  'scope-not-current': 'GDPR Art. 5(2), 28(3)(a)',
  'contract-not-started': 'GDPR Art. 28(3)',
  'contract-ended': 'GDPR Art. 28(3)(g)',
  'contract-closed': 'GDPR Art. 28(3)(g)',
  'contract-not-ended': 'GDPR Art. 28(3)(g)',
  'contract-suspended': 'SCC 10(a)',
  'purpose-of-the-processor': 'GDPR Art. 28(10), 29',
  'purpose-outside-the-contract': 'GDPR Art. 28(3)(a), SCC 7.2',
  'category-outside-the-contract': 'GDPR Art. 28(3)',
  'channel-outside-the-contract': 'GDPR Art. 28(3)',
  'country-outside-the-contract': 'GDPR Art. 28(3)(a), SCC 7.8',
  'data-set-unknown': 'GDPR Art. 28(3), 32',
  'data-set-deleted': 'GDPR Art. 28(3)(g)',
  'data-set-restricted': 'GDPR Art. 18(2)',
  'data-set-withdrawn': 'GDPR Art. 28(3)(a), (g)',
  'data-set-being-deleted': 'GDPR Art. 28(3)(g)',
  'category-not-entrusted': 'GDPR Art. 28(3)',
  'sub-processor-unknown': 'GDPR Art. 28(2)',
  'sub-processor-objected': 'GDPR Art. 28(2)',
  'sub-processor-not-usable': 'GDPR Art. 28(2), SCC 7.7',
  'sub-processor-country': 'GDPR Art. 28(3)(a), SCC 7.8',
  'special-category-outside-content': 'GDPR Art. 9, SCC 7.5',
  'special-category-for-analytics': 'GDPR Art. 9, SCC 7.5',
  'not-instructed': 'GDPR Art. 28(3)(a), 29',
  'issuer-not-authorised': 'GDPR Art. 29',
  'instruction-not-yet-effective': 'GDPR Art. 28(3)(a)',
  'instruction-expired': 'GDPR Art. 28(3)(a)',
  'instruction-suspended': 'GDPR Art. 28(3)(a)',
  'instruction-contested': 'GDPR Art. 28(3), last paragraph',
  'instruction-withdrawn': 'GDPR Art. 28(3)(a)',
  'instruction-refused': 'GDPR Art. 28(3), last paragraph',
  'instruction-superseded': 'GDPR Art. 28(3)(a)',
};

/** A reason in English. */
export const englishSentenceOf = (reason: DenialReason): string => {
  switch (reason.reason) {
    case 'contract-unknown':
      return 'There is no contract with this id, so nothing may be done with its data.';
    case 'scope-not-current':
      return 'The history of this contract cannot be read to its end at the moment, so nothing is allowed by it.';
    case 'contract-not-started':
      return `The contract starts at ${reason.startsAt}.`;
    case 'contract-ended':
      return `The contract ended at ${reason.endedAt}; only returning, erasing and securing are left.`;
    case 'contract-closed':
      return 'The contract is closed: its data is deleted, and nothing is left to handle.';
    case 'contract-not-ended':
      return 'Data is returned and erased under this rule after the end of the contract, which has not come.';
    case 'contract-suspended':
      return 'The contract is suspended; the data may only be stored and secured.';
    case 'purpose-of-the-processor':
      return `${reason.purpose} is a purpose of the processor itself, which no instruction can grant.`;
    case 'purpose-outside-the-contract':
      return `The contract does not cover the purpose ${reason.purpose}.`;
    case 'category-outside-the-contract':
      return `The contract does not cover the data category ${reason.category}.`;
    case 'channel-outside-the-contract':
      return `The contract does not cover the channel ${reason.channel}.`;
    case 'country-outside-the-contract':
      return `The contract does not allow processing in ${reason.country}.`;
    case 'data-set-unknown':
      return 'No data set with this id was entrusted under this contract.';
    case 'data-set-deleted':
      return 'The data set has been deleted.';
    case 'data-set-restricted':
      return 'Processing of the data set is restricted; it may only be stored and secured.';
    case 'data-set-withdrawn':
      return `The controller took the data set back, from ${reason.withdrawnFrom} on; only returning, erasing and securing are left.`;
    case 'data-set-being-deleted':
      return 'The deletion of the data set has been ordered.';
    case 'category-not-entrusted':
      return `The controller did not entrust ${reason.category} with this data set.`;
    case 'sub-processor-unknown':
      return `Sub-processor ${reason.subProcessorId} was never announced to the controller.`;
    case 'sub-processor-objected':
      return `The controller objected to sub-processor ${reason.subProcessorId}.`;
    case 'sub-processor-not-usable':
      return reason.windowClosesAt === undefined
        ? `Sub-processor ${reason.subProcessorId} may not be used at this time.`
        : `Sub-processor ${reason.subProcessorId} may not be used before ${reason.windowClosesAt}, when the window for objections closes.`;
    case 'sub-processor-country':
      return `Sub-processor ${reason.subProcessorId} was not announced for ${reason.country}.`;
    case 'special-category-outside-content':
      return 'Special categories are accepted in message content only, where the controller put them.';
    case 'special-category-for-analytics':
      return 'Content with special categories is delivered and managed, never analysed.';
    case 'not-instructed':
      return reason.nearest === undefined
        ? `No instruction covers ${reason.category}.`
        : `No instruction covers ${reason.category}: clause ${reason.nearest.clause} of instruction ${reason.nearest.instructionId} comes nearest and lacks the ${reason.nearest.lacks.join(', ')}.`;
    case 'issuer-not-authorised':
    case 'instruction-not-yet-effective':
    case 'instruction-expired':
    case 'instruction-suspended':
    case 'instruction-contested':
    case 'instruction-withdrawn':
    case 'instruction-refused':
    case 'instruction-superseded':
      return `${obstacleSentences[reason.reason]} (clause ${reason.clause} of instruction ${reason.instructionId}, for ${reason.category}).`;
  }
};

const obstacleSentences: Readonly<Record<InstructionObstacle, string>> = {
  'issuer-not-authorised': 'The instruction came from somebody not authorised to instruct',
  'instruction-not-yet-effective': 'The instruction has not taken effect yet',
  'instruction-expired': 'The instruction has expired',
  'instruction-suspended': 'The instruction is suspended',
  'instruction-contested': 'The clause is contested and waits for the answer of the controller',
  'instruction-withdrawn': 'The controller withdrew the instruction',
  'instruction-refused': 'The processor refused the instruction as infringing the law',
  'instruction-superseded': 'A later instruction took the place of this one',
};
