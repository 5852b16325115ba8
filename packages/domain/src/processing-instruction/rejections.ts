import type { Instant } from '@mandate/event-sourcing';
import type { Explanation } from '../explanation';
import type { Clause, ContractId, InstructionId, IssuerId } from '../vocabulary';
import type { InstructionEnding } from './state';

/** In which respect a clause asks for more than the contract allows. */
export type ContractDimension = 'purpose' | 'category' | 'channel' | 'country';

/** Every reason for which a command to an instruction is refused. */
export type InstructionRejection =
  | { readonly reason: 'contract-not-concluded'; readonly contractId: ContractId }
  | { readonly reason: 'contract-ended'; readonly endedAt: Instant }
  | { readonly reason: 'outside-the-contract-term'; readonly found: Instant }
  | { readonly reason: 'instruction-not-issued' }
  | { readonly reason: 'instruction-already-issued'; readonly instructionId: InstructionId }
  | { readonly reason: 'instruction-ended'; readonly ending: InstructionEnding; readonly endedAt: Instant }
  | { readonly reason: 'instruction-of-another-contract'; readonly found: ContractId }
  | { readonly reason: 'issuer-not-authorised'; readonly issuerId: IssuerId }
  | { readonly reason: 'evidence-from-the-future'; readonly receivedAt: Instant; readonly now: Instant }
  | { readonly reason: 'legal-basis-not-asserted' }
  | {
      readonly reason: 'wider-than-the-contract';
      readonly clause: Clause;
      readonly dimension: ContractDimension;
      readonly found: readonly string[];
    }
  | { readonly reason: 'clause-repeated'; readonly clause: Clause }
  | { readonly reason: 'clause-unknown'; readonly clause: Clause }
  | { readonly reason: 'special-categories-without-content' }
  | { readonly reason: 'interval-empty' }
  | { readonly reason: 'amendment-out-of-order'; readonly lastEffectiveAt: Instant; readonly found: Instant }
  | {
      readonly reason: 'interruption-out-of-order';
      readonly lastEffectiveAt: Instant;
      readonly found: Instant;
    }
  | { readonly reason: 'before-the-instruction-starts'; readonly startsAt: Instant; readonly found: Instant }
  | { readonly reason: 'instruction-already-suspended'; readonly suspendedAt: Instant }
  | { readonly reason: 'instruction-not-suspended' }
  | { readonly reason: 'instruction-already-contested'; readonly contestedAt: Instant }
  | { readonly reason: 'instruction-not-contested' }
  | { readonly reason: 'supersedes-itself' };

const order = (expected: Instant, found: Instant): string =>
  `Expected a time after ${expected}, found ${found}.`;

/** A refusal in words, with its article. */
export const explainInstructionRejection = (rejection: InstructionRejection): Explanation => {
  switch (rejection.reason) {
    case 'contract-not-concluded':
      return {
        sentence: `There is no contract ${rejection.contractId}. An instruction belongs to a contract: conclude it first.`,
        article: 'GDPR Art. 28(3)',
      };
    case 'contract-ended':
      return {
        sentence: `The contract ended at ${rejection.endedAt}; nothing can be instructed under it any more.`,
        article: 'GDPR Art. 28(3)(g)',
      };
    case 'outside-the-contract-term':
      return {
        sentence: `Expected a time within the contract's term, found ${rejection.found}.`,
        article: 'GDPR Art. 28(3)',
      };
    case 'instruction-not-issued':
      return {
        sentence: 'There is no instruction with this id. Issue it first.',
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'instruction-already-issued':
      return {
        sentence: 'An instruction with this id was issued already. Amend it, or use a new id.',
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'instruction-ended':
      return {
        sentence: `The instruction was ${rejection.ending} at ${rejection.endedAt}. Issue a new one with a new id.`,
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'instruction-of-another-contract':
      return {
        sentence: `The instruction does not belong to contract ${rejection.found}.`,
        article: 'GDPR Art. 29',
      };
    case 'issuer-not-authorised':
      return {
        sentence: `Issuer ${rejection.issuerId} was not authorised when the document was received. Authorise the issuer, or have another one instruct.`,
        article: 'GDPR Art. 29',
      };
    case 'evidence-from-the-future':
      return {
        sentence: `Expected a document received by ${rejection.now}, found one received at ${rejection.receivedAt}.`,
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'legal-basis-not-asserted':
      return {
        sentence:
          'The controller asserted no legal basis. It answers for one: ask it which, the library never infers any.',
        article: 'GDPR Art. 6(1), 24(1)',
      };
    case 'wider-than-the-contract':
      return {
        sentence: `Clause ${rejection.clause} asks for more than the contract allows (${rejection.dimension}: ${rejection.found.join(', ')}). Narrow it, or amend the contract first.`,
        article: 'GDPR Art. 28(3)',
      };
    case 'clause-repeated':
      return { sentence: `Clause ${rejection.clause} appears twice.`, article: 'GDPR Art. 28(3)(a)' };
    case 'clause-unknown':
      return { sentence: `The instruction has no clause ${rejection.clause}.`, article: 'GDPR Art. 28(3)' };
    case 'special-categories-without-content':
      return {
        sentence:
          'Special categories are declared, but no clause covers message content, the only place for them.',
        article: 'GDPR Art. 9, SCC 7.5',
      };
    case 'interval-empty':
      return { sentence: 'Expected an interval that ends after it begins.', article: 'GDPR Art. 28(3)(a)' };
    case 'amendment-out-of-order':
    case 'interruption-out-of-order':
      return { sentence: order(rejection.lastEffectiveAt, rejection.found), article: 'GDPR Art. 28(3)(a)' };
    case 'before-the-instruction-starts':
      return {
        sentence: `Expected a time from ${rejection.startsAt} on, when the instruction takes effect, found ${rejection.found}.`,
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'instruction-already-suspended':
      return {
        sentence: `The instruction is suspended already, since ${rejection.suspendedAt}.`,
        article: 'GDPR Art. 28(3)(a)',
      };
    case 'instruction-not-suspended':
      return { sentence: 'The instruction is not suspended.', article: 'GDPR Art. 28(3)(a)' };
    case 'instruction-already-contested':
      return {
        sentence: `The instruction is contested already, since ${rejection.contestedAt}, and waits for the controller's answer.`,
        article: 'GDPR Art. 28(3), last paragraph',
      };
    case 'instruction-not-contested':
      return { sentence: 'The instruction is not contested.', article: 'GDPR Art. 28(3), last paragraph' };
    case 'supersedes-itself':
      return {
        sentence: 'An instruction cannot supersede itself. Amend it instead.',
        article: 'GDPR Art. 28(3)(a)',
      };
  }
};
