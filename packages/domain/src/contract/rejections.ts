import type { Instant } from '@mandate/event-sourcing';
import type { Explanation } from '../explanation';
import type { ContractId, IssuerId, SubProcessorId } from '../vocabulary';

/** Every reason for which a command to a contract is refused. */
export type ContractRejection =
  | { readonly reason: 'contract-not-concluded' }
  | { readonly reason: 'contract-already-concluded'; readonly contractId: ContractId }
  | { readonly reason: 'contract-ended'; readonly endedAt: Instant }
  | { readonly reason: 'contract-closed' }
  | { readonly reason: 'contract-not-terminated' }
  | { readonly reason: 'before-the-contract-starts'; readonly startsAt: Instant; readonly found: Instant }
  | { readonly reason: 'after-the-contract-ends'; readonly endsAt: Instant; readonly found: Instant }
  | { readonly reason: 'amendment-out-of-order'; readonly lastEffectiveAt: Instant; readonly found: Instant }
  | { readonly reason: 'contract-already-suspended'; readonly suspendedAt: Instant }
  | { readonly reason: 'contract-not-suspended' }
  | {
      readonly reason: 'interruption-out-of-order';
      readonly lastEffectiveAt: Instant;
      readonly found: Instant;
    }
  | { readonly reason: 'end-not-reached'; readonly endsAt: Instant; readonly now: Instant }
  | { readonly reason: 'end-differs-from-notice'; readonly noticeEndsAt: Instant; readonly found: Instant }
  | { readonly reason: 'notice-already-given'; readonly endsAt: Instant }
  | { readonly reason: 'notice-not-given' }
  | { readonly reason: 'interval-empty' }
  | { readonly reason: 'issuer-unknown'; readonly issuerId: IssuerId }
  | { readonly reason: 'issuer-already-authorised'; readonly issuerId: IssuerId }
  | { readonly reason: 'sub-processor-unknown'; readonly subProcessorId: SubProcessorId }
  | { readonly reason: 'sub-processor-already-announced'; readonly subProcessorId: SubProcessorId }
  | { readonly reason: 'sub-processor-objected'; readonly subProcessorId: SubProcessorId }
  | { readonly reason: 'objection-window-empty'; readonly objectionUntil: Instant }
  | { readonly reason: 'objection-window-closed'; readonly objectionUntil: Instant };

/** A refusal in words, with its article. */
export const explainContractRejection = (rejection: ContractRejection): Explanation => {
  switch (rejection.reason) {
    case 'contract-not-concluded':
      return {
        sentence: 'There is no contract with this id. Conclude it first.',
        article: 'GDPR Art. 28(3)',
      };
    case 'contract-already-concluded':
      return {
        sentence: 'This contract is concluded already. Amend it, or use a new id for another contract.',
        article: 'GDPR Art. 28(3)',
      };
    case 'contract-ended':
      return {
        sentence: `The contract ended at ${rejection.endedAt}. Nothing comes back: conclude a new contract with a new id.`,
        article: 'GDPR Art. 28(3)(g)',
      };
    case 'contract-closed':
      return { sentence: 'The contract is closed: its deletion is certified.', article: 'SCC 10(d)' };
    case 'contract-not-terminated':
      return {
        sentence: 'The contract has not been terminated, so its deletion cannot be certified.',
        article: 'GDPR Art. 28(3)(g)',
      };
    case 'before-the-contract-starts':
      return {
        sentence: `Expected a time from ${rejection.startsAt} on, when the contract starts, found ${rejection.found}.`,
        article: 'GDPR Art. 28(3)',
      };
    case 'after-the-contract-ends':
      return {
        sentence: `Expected a time before ${rejection.endsAt}, when the contract ends, found ${rejection.found}.`,
        article: 'GDPR Art. 28(3)',
      };
    case 'amendment-out-of-order':
      return {
        sentence: `Expected an amendment that takes effect after ${rejection.lastEffectiveAt}, like the last one, found ${rejection.found}.`,
        article: 'GDPR Art. 28(9)',
      };
    case 'contract-already-suspended':
      return {
        sentence: `The contract is suspended already, since ${rejection.suspendedAt}. Resume it first.`,
        article: 'SCC 10(a)',
      };
    case 'contract-not-suspended':
      return {
        sentence: 'The contract is not suspended, so there is nothing to resume.',
        article: 'SCC 10(a)',
      };
    case 'interruption-out-of-order':
      return {
        sentence: `Expected a time after ${rejection.lastEffectiveAt}, the last suspension or resumption, found ${rejection.found}.`,
        article: 'SCC 10(a)',
      };
    case 'end-not-reached':
      return {
        sentence: `The end lies ahead, at ${rejection.endsAt}, and it is ${rejection.now}. Give notice of it instead.`,
        article: 'SCC 10',
      };
    case 'end-differs-from-notice':
      return {
        sentence: `Expected the end of the notice given, ${rejection.noticeEndsAt}, or an earlier one, found ${rejection.found}.`,
        article: 'SCC 10',
      };
    case 'notice-already-given':
      return {
        sentence: `Notice was given already, for ${rejection.endsAt}. Withdraw it before giving another.`,
        article: 'SCC 10',
      };
    case 'notice-not-given':
      return {
        sentence: 'No notice of termination was given, so there is none to withdraw.',
        article: 'SCC 10',
      };
    case 'interval-empty':
      return { sentence: 'Expected an interval that ends after it begins.', article: 'GDPR Art. 28(3)(a)' };
    case 'issuer-unknown':
      return {
        sentence: `Issuer ${rejection.issuerId} was never authorised under this contract.`,
        article: 'GDPR Art. 29',
      };
    case 'issuer-already-authorised':
      return {
        sentence: `Issuer ${rejection.issuerId} is authorised for a part of this interval already.`,
        article: 'GDPR Art. 29',
      };
    case 'sub-processor-unknown':
      return {
        sentence: `Sub-processor ${rejection.subProcessorId} was never announced under this contract.`,
        article: 'GDPR Art. 28(2)',
      };
    case 'sub-processor-already-announced':
      return {
        sentence: `Sub-processor ${rejection.subProcessorId} was announced already, or is in use.`,
        article: 'GDPR Art. 28(2)',
      };
    case 'sub-processor-objected':
      return {
        sentence: `The controller objected to sub-processor ${rejection.subProcessorId}.`,
        article: 'GDPR Art. 28(2)',
      };
    case 'objection-window-empty':
      return {
        sentence: `Expected a window for objections that is still open, found one that closed at ${rejection.objectionUntil}.`,
        article: 'GDPR Art. 28(2), SCC 7.7',
      };
    case 'objection-window-closed':
      return {
        sentence: `The window for objections closed at ${rejection.objectionUntil}. Dismiss the sub-processor by agreement instead.`,
        article: 'GDPR Art. 28(2), SCC 7.7',
      };
  }
};
