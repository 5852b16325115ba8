import type { Instant } from '@mandate/event-sourcing';
import type { DenialCode, ProcessingOperation, ProcessingRequest } from '../processing-decision';
import { ownPurposes, type DataSetId } from '../vocabulary';
import type { History } from './history';
import {
  allOf,
  endOf,
  entrustedCategories,
  hasHappenedTo,
  isContractSuspended,
  isRestricted,
  isWithdrawn,
  latestCountries,
  permissionsFor,
  standingOf,
  startOf,
  termsHolding,
  type Known,
} from './reference-model-facts';
import { whyNotInstructed } from './reference-model-instructions';

/** The answer of the reference model: what it decides, and the codes of everything that speaks against. */
export interface NaiveDecision {
  readonly decision: 'allow' | 'deny';
  readonly codes: ReadonlySet<DenialCode>;
}

type Found = readonly (readonly [boolean, DenialCode])[];
const codesOf = (found: Found): readonly DenialCode[] =>
  found.filter(([applies]) => applies).map(([, code]) => code);

const whyOutsideTheTerm = (known: Known, at: Instant, mayComeAfterTheEnd: boolean): readonly DenialCode[] => {
  const [start, end] = [startOf(known), endOf(known)];
  return codesOf([
    [allOf(known, 'ContractClosed').length > 0, 'contract-closed'],
    [start !== undefined && at < start, 'contract-not-started'],
    [!mayComeAfterTheEnd && end !== undefined && end <= at, 'contract-ended'],
  ]);
};

const whyNoData = (known: Known, dataSetId: DataSetId): readonly DenialCode[] =>
  codesOf([
    [entrustedCategories(known, dataSetId) === undefined, 'data-set-unknown'],
    [hasHappenedTo(known, dataSetId, 'DataSetDeleted'), 'data-set-deleted'],
  ]);

const whyOutsideTheTerms = (
  known: Known,
  request: ProcessingOperation,
  at: Instant,
): readonly DenialCode[] => {
  const terms = termsHolding(known, at);
  if (terms === undefined) return [];
  const { purpose, categories, channel, country } = request;
  const isOwn = ownPurposes.some((own) => own === purpose);
  return codesOf([
    [!isOwn && !terms.purposes.some((agreed) => agreed === purpose), 'purpose-outside-the-contract'],
    [!categories.every((category) => terms.categories.includes(category)), 'category-outside-the-contract'],
    [!terms.channels.includes(channel), 'channel-outside-the-contract'],
    [!terms.countries.includes(country), 'country-outside-the-contract'],
  ]);
};

const whyNotThisData = (known: Known, request: ProcessingOperation, at: Instant): readonly DenialCode[] => {
  const { dataSetId, categories } = request;
  const entrusted = entrustedCategories(known, dataSetId);
  const needed = categories.filter((category) => category !== 'technical-metadata');
  return codesOf([
    [hasHappenedTo(known, dataSetId, 'DeletionOrdered'), 'data-set-being-deleted'],
    [isRestricted(known, dataSetId, at), 'data-set-restricted'],
    [isWithdrawn(known, dataSetId, at), 'data-set-withdrawn'],
    [entrusted !== undefined && !needed.every((one) => entrusted.includes(one)), 'category-not-entrusted'],
  ]);
};

const whyNotThisSubProcessor = (
  known: Known,
  { subProcessorId, country }: ProcessingOperation,
  at: Instant,
): readonly DenialCode[] => {
  if (subProcessorId === undefined) return [];
  const standing = standingOf(known, subProcessorId);
  if (standing.length === 0) return ['sub-processor-unknown'];
  if (standing.at(-1) === 'SubProcessorObjected') return ['sub-processor-objected'];
  const usable = permissionsFor(known, subProcessorId).filter(
    ({ from, until }) => from <= at && (until === undefined || at < until),
  );
  const countries =
    usable.length === 0 ? latestCountries(known, subProcessorId) : usable.flatMap((each) => each.countries);
  return codesOf([
    [usable.length === 0, 'sub-processor-not-usable'],
    [!countries.includes(country), 'sub-processor-country'],
  ]);
};

const whyNotSpecial = ({ special, categories, purpose }: ProcessingOperation): readonly DenialCode[] => {
  const isInContent = special?.foundIn === 'message-content' && categories.includes('message-content');
  return codesOf([
    [special !== undefined && !isInContent, 'special-category-outside-content'],
    [special !== undefined && purpose === 'analytics', 'special-category-for-analytics'],
  ]);
};

const whyNotProcess = (known: Known, request: ProcessingOperation, at: Instant): readonly DenialCode[] => {
  const isOwn = ownPurposes.some((own) => own === request.purpose);
  return [
    ...whyOutsideTheTerm(known, at, false),
    ...codesOf([
      [isContractSuspended(known, at), 'contract-suspended'],
      [isOwn, 'purpose-of-the-processor'],
    ]),
    ...whyOutsideTheTerms(known, request, at),
    ...whyNoData(known, request.dataSetId),
    ...whyNotThisData(known, request, at),
    ...whyNotThisSubProcessor(known, request, at),
    ...whyNotSpecial(request),
    ...(isOwn
      ? []
      : request.categories.flatMap((category) => whyNotInstructed(known, request, category, at))),
  ];
};

const whyNot = (known: Known, request: ProcessingRequest, at: Instant): readonly DenialCode[] => {
  if (startOf(known) === undefined) return ['contract-unknown'];
  const { operation, dataSetId } = request;
  const end = endOf(known);
  switch (operation) {
    case 'process':
      return whyNotProcess(known, request, at);
    case 'store':
      return [
        ...whyOutsideTheTerm(known, at, false),
        ...whyNoData(known, dataSetId),
        ...codesOf([[isWithdrawn(known, dataSetId, at), 'data-set-withdrawn']]),
      ];
    case 'secure':
      return [...whyOutsideTheTerm(known, at, true), ...whyNoData(known, dataSetId)];
    case 'return':
    case 'erase': {
      const isOver = (end !== undefined && end <= at) || isWithdrawn(known, dataSetId, at);
      return [
        ...whyOutsideTheTerm(known, at, true),
        ...codesOf([[!isOver, 'contract-not-ended']]),
        ...whyNoData(known, dataSetId),
      ];
    }
  }
};

/** The instant about which is asked, and the one up to which the history is known. */
export interface Moments {
  readonly validAt: Instant;
  readonly knownAt: Instant;
}

/**
 * Decides by walking through the raw events for each question anew. Written from the law and from what the events
 * say of themselves, and sharing nothing with the real decision, so that the two can be held against each other.
 */
export const decideNaively = (
  history: History,
  request: ProcessingRequest,
  { validAt, knownAt }: Moments,
): NaiveDecision => {
  const known = history
    .filter(({ recordedAt }) => recordedAt <= knownAt)
    .map(({ event }) => event)
    .filter(({ data }) => data.contractId === request.contractId);
  const codes = new Set(whyNot(known, request, validAt));
  return { decision: codes.size === 0 ? 'allow' : 'deny', codes };
};
