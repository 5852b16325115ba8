import type { Instant } from '@mandate/event-sourcing';
import { isLeft, left, right, type Either } from 'fp-ts/Either';
import { endOf, type Agreement, type Contract, type ContractTerms } from '../contract';
import { isEmptyInterval, isWithin, type ContractId, type Evidence, type IssuerId } from '../vocabulary';
import type { InstructedContent } from './commands';
import type { Grant, InstructionContent } from './content';
import type { InstructionFacts } from './decision';
import type { IssuerEntitlement } from './events';
import type { ContractDimension, InstructionRejection } from './rejections';

/** The agreement, while instructions can still be given under it. */
export const agreementInForce = (
  contractId: ContractId,
  contract: Contract,
  now: Instant,
): Either<InstructionRejection, Agreement> => {
  const end = endOf(contract);
  if (contract.status === 'none') return left({ reason: 'contract-not-concluded', contractId });
  return contract.status !== 'concluded' || (end !== undefined && end.at <= now)
    ? left({ reason: 'contract-ended', endedAt: end?.at ?? now })
    : right(contract.agreement);
};

/** Whether an issuer may speak for the controller at an instant (Art. 29). */
export const entitlementOf = (agreement: Agreement, issuerId: IssuerId, at: Instant): IssuerEntitlement =>
  agreement.issuers.some((authority) => authority.issuerId === issuerId && isWithin(authority.interval, at))
    ? 'authorised'
    : 'unknown-issuer';

const termsAt = (agreement: Agreement, at: Instant): ContractTerms | undefined =>
  agreement.terms.findLast(({ effectiveAt }) => effectiveAt <= at)?.terms;

const excess = (allowed: readonly string[], asked: readonly string[]): readonly string[] =>
  asked.filter((item) => !allowed.includes(item));

const widerThan = (terms: ContractTerms, grant: Grant): InstructionRejection | undefined => {
  const found: readonly (readonly [ContractDimension, readonly string[]])[] = [
    ['purpose', excess(terms.purposes, grant.purposes)],
    ['category', excess(terms.categories, grant.categories)],
    ['channel', excess(terms.channels, grant.channels)],
    ['country', excess(terms.countries, grant.countries)],
  ];
  const wider = found.find(([, items]) => items.length > 0);
  return (
    wider && { reason: 'wider-than-the-contract', clause: grant.clause, dimension: wider[0], found: wider[1] }
  );
};

const repeatedClause = (content: InstructedContent): InstructionRejection | undefined => {
  const clauses = content.grants.map(({ clause }) => clause);
  const clause = clauses.find((candidate, index) => clauses.indexOf(candidate) !== index);
  return clause === undefined ? undefined : { reason: 'clause-repeated', clause };
};

const withoutContent = (content: InstructedContent): InstructionRejection | undefined =>
  content.specialCategories !== undefined &&
  !content.grants.some(({ categories }) => categories.includes('message-content'))
    ? { reason: 'special-categories-without-content' }
    : undefined;

/** A document that has not been received yet is evidence of nothing. */
export const fromTheFuture = (
  { receivedAt }: Evidence,
  { now }: InstructionFacts,
): InstructionRejection | undefined =>
  now < receivedAt ? { reason: 'evidence-from-the-future', receivedAt, now } : undefined;

const outsideTheTerm = (agreement: Agreement, found: Instant): InstructionRejection | undefined => {
  const endsAt = agreement.notice?.endsAt.at;
  return found < agreement.startsAt.at || (endsAt !== undefined && endsAt <= found)
    ? { reason: 'outside-the-contract-term', found }
    : undefined;
};

/** What the controller wrote, once it is complete and within the contract (F2, F4, S30). */
const acceptableContent = (
  content: InstructedContent,
  agreement: Agreement,
  facts: InstructionFacts,
): Either<InstructionRejection, InstructionContent> => {
  const { legalBasis, interval } = content;
  if (legalBasis === 'none-asserted') return left({ reason: 'legal-basis-not-asserted' });
  if (isEmptyInterval(interval)) return left({ reason: 'interval-empty' });
  const terms = termsAt(agreement, interval.from);
  const rejection =
    fromTheFuture(content.evidence, facts) ??
    outsideTheTerm(agreement, interval.from) ??
    repeatedClause(content) ??
    withoutContent(content) ??
    content.grants.map((grant) => terms && widerThan(terms, grant)).find((wider) => wider !== undefined);
  return rejection === undefined ? right({ ...content, legalBasis }) : left(rejection);
};

/** The content together with the agreement it was checked against. */
export const checkedContent = (
  contractId: ContractId,
  content: InstructedContent,
  facts: InstructionFacts,
): Either<InstructionRejection, { readonly content: InstructionContent; readonly agreement: Agreement }> => {
  const agreement = agreementInForce(contractId, facts.contract, facts.now);
  if (isLeft(agreement)) return agreement;
  const accepted = acceptableContent(content, agreement.right, facts);
  return isLeft(accepted) ? accepted : right({ content: accepted.right, agreement: agreement.right });
};
