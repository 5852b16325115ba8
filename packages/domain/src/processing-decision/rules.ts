import type { Instant } from '@mandate/event-sourcing';
import {
  isWithinAny,
  scopeEnd,
  termsAt,
  type ContractScope,
  type SubProcessorScope,
} from '../processing-scope';
import { isWithin, ownPurposes, type OwnPurpose, type Purpose, type SubProcessorId } from '../vocabulary';
import type { DenialReason } from './reasons';
import type { CustodyOperation, ProcessingOperation, ProcessingRequest } from './request';

/** A rule looks at one respect only, and answers with every reason it finds against the request. */
type Rule<Request extends ProcessingRequest> = (
  request: Request,
  scope: ContractScope,
  at: Instant,
) => readonly DenialReason[];

const isOwnPurpose = (purpose: Purpose | OwnPurpose): purpose is OwnPurpose =>
  ownPurposes.some((own) => own === purpose);

/** Processing takes place only for the duration of the contract (Art. 28(3), SCC 7.3). */
const withinTheTerm: Rule<ProcessingRequest> = (_request, scope, at) => {
  const end = scopeEnd(scope);
  const reasons: DenialReason[] = [];
  if (scope.isClosed) reasons.push({ reason: 'contract-closed' });
  if (at < scope.startsAt) reasons.push({ reason: 'contract-not-started', startsAt: scope.startsAt });
  if (end !== undefined && end <= at) reasons.push({ reason: 'contract-ended', endedAt: end });
  return reasons;
};

/** Suspended means: store and secure only (SCC 10(a)). */
const notSuspended: Rule<ProcessingOperation> = (_request, scope, at) =>
  isWithinAny(scope.suspensions, at) ? [{ reason: 'contract-suspended' }] : [];

/** A processor that determines purposes becomes a controller (Art. 28(10)). */
const noPurposeOfOnesOwn: Rule<ProcessingOperation> = ({ purpose }) =>
  isOwnPurpose(purpose) ? [{ reason: 'purpose-of-the-processor', purpose }] : [];

/** No instruction reaches beyond what the parties agreed (Art. 28(3)). */
const withinTheTerms: Rule<ProcessingOperation> = ({ purpose, categories, channel, country }, scope, at) => {
  const terms = termsAt(scope, at);
  // Before the start there are no terms, and the rule of the term has said so.
  if (terms === undefined) return [];
  const reasons: DenialReason[] = [];
  if (!isOwnPurpose(purpose) && !terms.purposes.includes(purpose)) {
    reasons.push({ reason: 'purpose-outside-the-contract', purpose });
  }
  for (const category of categories) {
    if (!terms.categories.includes(category))
      reasons.push({ reason: 'category-outside-the-contract', category });
  }
  if (!terms.channels.includes(channel)) reasons.push({ reason: 'channel-outside-the-contract', channel });
  if (!terms.countries.includes(country)) reasons.push({ reason: 'country-outside-the-contract', country });
  return reasons;
};

/** Only data that the controller entrusted under this contract, and that is still there. */
const ofAnEntrustedDataSet: Rule<ProcessingRequest> = ({ dataSetId }, scope) => {
  const dataSet = scope.dataSets.get(dataSetId);
  if (dataSet === undefined) return [{ reason: 'data-set-unknown' }];
  return dataSet.isDeleted ? [{ reason: 'data-set-deleted' }] : [];
};

/** Restricted data is only stored (Art. 18(2)); data whose deletion is ordered is only erased. */
const ofAnUnrestrictedDataSet: Rule<ProcessingOperation> = ({ dataSetId }, scope, at) => {
  const dataSet = scope.dataSets.get(dataSetId);
  const reasons: DenialReason[] = [];
  if (dataSet?.isDeletionOrdered === true) reasons.push({ reason: 'data-set-being-deleted' });
  if (isWithinAny(dataSet?.restrictions ?? [], at)) reasons.push({ reason: 'data-set-restricted' });
  return reasons;
};

/** What the controller took back is only secured, returned and erased (Art. 28(3)(a), (g)). */
const ofADataSetNotWithdrawn: Rule<ProcessingRequest> = ({ dataSetId }, scope, at) => {
  const withdrawnFrom = scope.dataSets.get(dataSetId)?.withdrawnFrom;
  return withdrawnFrom !== undefined && withdrawnFrom <= at
    ? [{ reason: 'data-set-withdrawn', withdrawnFrom }]
    : [];
};

/** What sending creates belongs to the set (F6); everything else must have been entrusted with it. */
const ofEntrustedCategories: Rule<ProcessingOperation> = ({ dataSetId, categories }, scope) => {
  const entrusted = scope.dataSets.get(dataSetId)?.categories;
  if (entrusted === undefined) return [];
  return categories
    .filter((category) => category !== 'technical-metadata' && !entrusted.includes(category))
    .map((category) => ({ reason: 'category-not-entrusted', category }));
};

const notUsable = (
  subProcessorId: SubProcessorId,
  { windowClosesAt }: SubProcessorScope,
  at: Instant,
): DenialReason => {
  const isWaiting = windowClosesAt !== undefined && at < windowClosesAt;
  return { reason: 'sub-processor-not-usable', subProcessorId, ...(isWaiting ? { windowClosesAt } : {}) };
};

/** No sub-processor before its window has closed, none after an objection (Art. 28(2)). */
const bySubProcessorInUse: Rule<ProcessingOperation> = ({ subProcessorId, country }, scope, at) => {
  if (subProcessorId === undefined) return [];
  const subProcessor = scope.subProcessors.get(subProcessorId);
  if (subProcessor === undefined) return [{ reason: 'sub-processor-unknown', subProcessorId }];
  if (subProcessor.isObjected) return [{ reason: 'sub-processor-objected', subProcessorId }];
  const current = subProcessor.uses.filter(({ interval }) => isWithin(interval, at));
  const reasons = current.length === 0 ? [notUsable(subProcessorId, subProcessor, at)] : [];
  const permitted = current.length === 0 ? subProcessor.uses.slice(-1) : current;
  if (!permitted.some(({ countries }) => countries.includes(country))) {
    reasons.push({ reason: 'sub-processor-country', subProcessorId, country });
  }
  return reasons;
};

/** Special categories in message content only, and under extra restrictions (Art. 9, SCC 7.5). */
const specialCategoriesInContentOnly: Rule<ProcessingOperation> = ({ special, categories, purpose }) => {
  if (special === undefined) return [];
  const isInContent = special.foundIn === 'message-content' && categories.includes('message-content');
  const reasons: DenialReason[] = isInContent ? [] : [{ reason: 'special-category-outside-content' }];
  if (purpose === 'analytics') reasons.push({ reason: 'special-category-for-analytics' });
  return reasons;
};

/** Every rule that a request to process must pass, beside being instructed. */
export const processingRules: readonly Rule<ProcessingOperation>[] = [
  withinTheTerm,
  notSuspended,
  noPurposeOfOnesOwn,
  withinTheTerms,
  ofAnEntrustedDataSet,
  ofAnUnrestrictedDataSet,
  ofADataSetNotWithdrawn,
  ofEntrustedCategories,
  bySubProcessorInUse,
  specialCategoriesInContentOnly,
];

/** Keeping data at all ends with the contract, or when the controller takes it back. */
const storageRules: readonly Rule<CustodyOperation>[] = [
  withinTheTerm,
  ofAnEntrustedDataSet,
  ofADataSetNotWithdrawn,
];

/** The duty to secure lasts until the last byte is gone (SCC 10(d)). */
const untilClosed: Rule<CustodyOperation> = (_request, scope, at) => {
  const reasons: DenialReason[] = [];
  if (scope.isClosed) reasons.push({ reason: 'contract-closed' });
  if (at < scope.startsAt) reasons.push({ reason: 'contract-not-started', startsAt: scope.startsAt });
  return reasons;
};

/** Returning and erasing everything are what an end asks for, of the contract or of the data set, not what may happen before. */
const afterTheEnd: Rule<CustodyOperation> = (request, scope, at) => {
  const end = scopeEnd(scope);
  if (ofADataSetNotWithdrawn(request, scope, at).length > 0) return [];
  return end !== undefined && end <= at ? [] : [{ reason: 'contract-not-ended' }];
};

/** The rules of the operations that keep, secure, return and erase. */
export const custodyRules: Readonly<
  Record<CustodyOperation['operation'], readonly Rule<CustodyOperation>[]>
> = {
  store: storageRules,
  secure: [untilClosed, ofAnEntrustedDataSet],
  return: [untilClosed, afterTheEnd, ofAnEntrustedDataSet],
  erase: [untilClosed, afterTheEnd, ofAnEntrustedDataSet],
};
