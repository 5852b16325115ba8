import { left, right } from 'fp-ts/Either';
import { isEmptyInterval, type Interval } from '../vocabulary';
import type { AuthoriseIssuer, ChooseEndOfService, RevokeIssuer } from './commands';
import type { ContractDecision } from './decision';
import type { Agreement } from './state';

// Revoked before it began, an authority covers no instant, and so overlaps with nothing.
const doOverlap = (left: Interval, right: Interval): boolean =>
  !isEmptyInterval(left) &&
  (right.until === undefined || left.from < right.until) &&
  (left.until === undefined || right.from < left.until);

export const authoriseIssuer = ({ data }: AuthoriseIssuer, agreement: Agreement): ContractDecision => {
  const { issuerId, interval } = data;
  if (isEmptyInterval(interval)) return left({ reason: 'interval-empty' });
  const endsAt = agreement.notice?.endsAt.at;
  // Before the start somebody may be named and instruct already; after the end nobody is needed.
  if (endsAt !== undefined && endsAt <= interval.from) {
    return left({ reason: 'after-the-contract-ends', endsAt, found: interval.from });
  }
  const isAuthorised = agreement.issuers.some(
    (authority) => authority.issuerId === issuerId && doOverlap(authority.interval, interval),
  );
  return isAuthorised
    ? left({ reason: 'issuer-already-authorised', issuerId })
    : right([{ type: 'IssuerAuthorised', data }]);
};

export const revokeIssuer = ({ data }: RevokeIssuer, agreement: Agreement): ContractDecision => {
  const authorities = agreement.issuers.filter(({ issuerId }) => issuerId === data.issuerId);
  if (authorities.length === 0) return left({ reason: 'issuer-unknown', issuerId: data.issuerId });
  const isRevoked = authorities.every(
    ({ interval: { until } }) => until !== undefined && until <= data.effectiveAt,
  );
  return isRevoked ? right([]) : right([{ type: 'IssuerRevoked', data }]);
};

/** The choice stays the controller's until the end (SCC 10(d)). */
export const chooseEndOfService = ({ data }: ChooseEndOfService, agreement: Agreement): ContractDecision =>
  agreement.endOfService === data.choice ? right([]) : right([{ type: 'EndOfServiceChosen', data }]);
