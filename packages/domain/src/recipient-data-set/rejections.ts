import type { Instant } from '@mandate/event-sourcing';
import type { Explanation } from '../explanation';
import type { BatchId, ContractId, Country, DataCategory, RetentionId, StoreName } from '../vocabulary';

/** Every reason for which a command to a data set is refused. */
export type DataSetRejection =
  | { readonly reason: 'contract-not-concluded'; readonly contractId: ContractId }
  | { readonly reason: 'contract-not-started'; readonly startsAt: Instant }
  | { readonly reason: 'contract-ended'; readonly endedAt: Instant }
  | { readonly reason: 'contract-not-terminated' }
  | { readonly reason: 'category-outside-the-contract'; readonly categories: readonly DataCategory[] }
  | { readonly reason: 'country-outside-the-contract'; readonly country: Country }
  | { readonly reason: 'data-set-not-entrusted' }
  | { readonly reason: 'data-set-already-entrusted' }
  | { readonly reason: 'data-set-of-another-contract'; readonly found: ContractId }
  | { readonly reason: 'deletion-ordered' }
  | { readonly reason: 'deletion-not-ordered' }
  | { readonly reason: 'data-set-deleted'; readonly deletedAt: Instant }
  | { readonly reason: 'more-recipients-than-held'; readonly held: number; readonly found: number }
  | { readonly reason: 'store-repeated'; readonly store: StoreName }
  | { readonly reason: 'store-not-registered'; readonly store: StoreName }
  | { readonly reason: 'interval-empty' }
  | { readonly reason: 'batch-already-recorded'; readonly batchId: BatchId }
  | { readonly reason: 'already-restricted'; readonly restrictedAt: Instant }
  | { readonly reason: 'not-restricted' }
  | {
      readonly reason: 'restriction-out-of-order';
      readonly lastEffectiveAt: Instant;
      readonly found: Instant;
    }
  | { readonly reason: 'already-withdrawn'; readonly withdrawnFrom: Instant }
  | { readonly reason: 'retention-already-applied'; readonly retentionId: RetentionId }
  | { readonly reason: 'retention-unknown'; readonly retentionId: RetentionId }
  | { readonly reason: 'retention-in-force'; readonly retentionId: RetentionId; readonly until: Instant }
  | { readonly reason: 'return-not-chosen' }
  | { readonly reason: 'not-returned' }
  | { readonly reason: 'return-not-acknowledged' }
  | { readonly reason: 'informed-before-noticed'; readonly noticedAt: Instant; readonly informedAt: Instant }
  | {
      readonly reason: 'erasure-incomplete';
      readonly store: StoreName;
      readonly found: number;
      readonly erased: number;
    }
  | {
      readonly reason: 'receipt-time-impossible';
      readonly store: StoreName;
      readonly firstActionAt: Instant;
      readonly lastActionAt: Instant;
      readonly now: Instant;
    }
  | { readonly reason: 'keys-not-destroyed' }
  | { readonly reason: 'stores-not-erased'; readonly stores: readonly StoreName[] };

type Reasons = DataSetRejection['reason'];

const articles: Readonly<Record<Reasons, string>> = {
  'contract-not-concluded': 'GDPR Art. 28(3)',
  'contract-not-started': 'GDPR Art. 28(3)',
  'contract-ended': 'GDPR Art. 28(3)(g)',
  'contract-not-terminated': 'GDPR Art. 28(3)(g)',
  'category-outside-the-contract': 'GDPR Art. 28(3)',
  'country-outside-the-contract': 'GDPR Art. 28(3)(a), SCC 7.8',
  'data-set-not-entrusted': 'GDPR Art. 28(3)',
  'data-set-already-entrusted': 'GDPR Art. 28(3)',
  'data-set-of-another-contract': 'GDPR Art. 29, 32',
  'deletion-ordered': 'GDPR Art. 28(3)(g)',
  'deletion-not-ordered': 'GDPR Art. 28(3)(g)',
  'data-set-deleted': 'GDPR Art. 28(3)(g)',
  'more-recipients-than-held': 'GDPR Art. 5(1)(d)',
  'store-repeated': 'GDPR Art. 28(3)(h)',
  'store-not-registered': 'GDPR Art. 28(3)(h)',
  'interval-empty': 'GDPR Art. 30(2)',
  'batch-already-recorded': 'GDPR Art. 30(2)',
  'already-restricted': 'GDPR Art. 18',
  'not-restricted': 'GDPR Art. 18',
  'restriction-out-of-order': 'GDPR Art. 18',
  'already-withdrawn': 'GDPR Art. 28(3)(a), (g)',
  'retention-already-applied': 'GDPR Art. 28(3)(g)',
  'retention-unknown': 'GDPR Art. 28(3)(g)',
  'retention-in-force': 'GDPR Art. 28(3)(g)',
  'return-not-chosen': 'GDPR Art. 28(3)(g)',
  'not-returned': 'GDPR Art. 28(3)(g)',
  'return-not-acknowledged': 'GDPR Art. 28(3)(g), SCC 10(d)',
  'informed-before-noticed': 'GDPR Art. 9, SCC 7.5',
  'erasure-incomplete': 'GDPR Art. 28(3)(g)',
  'receipt-time-impossible': 'GDPR Art. 28(3)(g), (h)',
  'keys-not-destroyed': 'GDPR Art. 28(3)(g)',
  'stores-not-erased': 'GDPR Art. 28(3)(g)',
};

const sentenceOf = (rejection: DataSetRejection): string => {
  switch (rejection.reason) {
    case 'contract-not-concluded':
      return `There is no contract ${rejection.contractId}. Data is entrusted under a contract: conclude it first.`;
    case 'contract-not-started':
      return `The contract starts at ${rejection.startsAt}; no data may be held under it before.`;
    case 'contract-ended':
      return `The contract ended at ${rejection.endedAt}; what is left is to return, erase and secure.`;
    case 'contract-not-terminated':
      return 'The contract has not been terminated and the data set is not withdrawn, so it is neither returned nor deleted yet.';
    case 'category-outside-the-contract':
      return `The contract does not cover ${rejection.categories.join(', ')}. Amend it first.`;
    case 'country-outside-the-contract':
      return `The contract does not allow data to be held in ${rejection.country}. Choose another region, or amend it.`;
    case 'data-set-not-entrusted':
      return 'There is no data set with this id. Entrust it first.';
    case 'data-set-already-entrusted':
      return 'A data set with this id was entrusted already. Add recipients to it, or use a new id.';
    case 'data-set-of-another-contract':
      return `The data set does not belong to contract ${rejection.found}. Nothing of it is touched under another contract.`;
    case 'deletion-ordered':
      return 'The deletion of this data set is under way.';
    case 'deletion-not-ordered':
      return 'The deletion of this data set was not ordered: what is destroyed is written down first.';
    case 'data-set-deleted':
      return `The data set was deleted at ${rejection.deletedAt}. Nothing comes back.`;
    case 'more-recipients-than-held':
      return `Expected at most ${rejection.held} recipients, as many as are held, found ${rejection.found}.`;
    case 'store-repeated':
      return `Store ${rejection.store} is registered already.`;
    case 'store-not-registered':
      return `Store ${rejection.store} is not registered for this data set. Register it first.`;
    case 'interval-empty':
      return 'Expected an interval that ends after it begins.';
    case 'batch-already-recorded':
      return `Batch ${rejection.batchId} was recorded already.`;
    case 'already-restricted':
      return `The data set is restricted already, since ${rejection.restrictedAt}.`;
    case 'not-restricted':
      return 'The data set is not restricted.';
    case 'restriction-out-of-order':
      return `Expected a time after ${rejection.lastEffectiveAt}, found ${rejection.found}.`;
    case 'already-withdrawn':
      return `The data set is withdrawn already, from ${rejection.withdrawnFrom} on. Only an earlier day can be given.`;
    case 'retention-already-applied':
      return `Retention ${rejection.retentionId} is on record already.`;
    case 'retention-unknown':
      return `Retention ${rejection.retentionId} does not apply to this data set.`;
    case 'retention-in-force':
      return `Retention ${rejection.retentionId} is in force until ${rejection.until}: lift it, or wait.`;
    case 'return-not-chosen':
      return 'The controller did not choose to have the data returned.';
    case 'not-returned':
      return 'The data was not returned, so there is nothing to acknowledge.';
    case 'return-not-acknowledged':
      return 'The controller chose return before deletion and has not acknowledged the return yet.';
    case 'informed-before-noticed':
      return `Expected the controller to be informed after ${rejection.noticedAt}, found ${rejection.informedAt}.`;
    case 'erasure-incomplete':
      return `Store ${rejection.store} found ${rejection.found} items and erased ${rejection.erased}. Erase the rest first.`;
    case 'receipt-time-impossible':
      return `Store ${rejection.store} says that it erased from ${rejection.firstActionAt} to ${rejection.lastActionAt}, and it is ${rejection.now}. Expected it to begin after the keys were destroyed, and to end by now. Set its clock right, and have it answer to this very order.`;
    case 'keys-not-destroyed':
      return 'The keys of this data set have not been destroyed yet.';
    case 'stores-not-erased':
      return `These stores have not been erased yet: ${rejection.stores.join(', ')}.`;
  }
};

/** A refusal in words, with its article. */
export const explainDataSetRejection = (rejection: DataSetRejection): Explanation => ({
  sentence: sentenceOf(rejection),
  article: articles[rejection.reason],
});
