import { left, right } from 'fp-ts/Either';
import type {
  CloseContract,
  GiveTerminationNotice,
  TerminateContract,
  WithdrawTerminationNotice,
} from './commands';
import type { ContractDecision, ContractFacts } from './decision';
import type { Agreement, Contract } from './state';

export const giveNotice = (
  { data }: GiveTerminationNotice,
  agreement: Agreement,
  { now }: ContractFacts,
): ContractDecision => {
  const [startsAt, endsAt] = [agreement.startsAt.at, data.endsAt.at];
  if (agreement.notice !== undefined) {
    return left({ reason: 'notice-already-given', endsAt: agreement.notice.endsAt.at });
  }
  if (endsAt < startsAt) return left({ reason: 'before-the-contract-starts', startsAt, found: endsAt });
  // A notice announces; an end that has come already is a termination.
  return endsAt <= now
    ? left({ reason: 'contract-ended', endedAt: endsAt })
    : right([{ type: 'TerminationNoticeGiven', data }]);
};

export const withdrawNotice = (
  { data }: WithdrawTerminationNotice,
  agreement: Agreement,
): ContractDecision =>
  agreement.notice === undefined
    ? left({ reason: 'notice-not-given' })
    : right([{ type: 'TerminationNoticeWithdrawn', data }]);

/** Records an end that has come: on the day the notice named, or earlier where a party may end at once. */
export const terminate = (
  { data }: TerminateContract,
  contract: Contract,
  { now }: ContractFacts,
): ContractDecision => {
  const endedAt = data.endedAt.at;
  switch (contract.status) {
    case 'none':
      return left({ reason: 'contract-not-concluded' });
    case 'concluded': {
      const { notice, startsAt } = contract.agreement;
      if (endedAt < startsAt.at) {
        return left({ reason: 'before-the-contract-starts', startsAt: startsAt.at, found: endedAt });
      }
      if (now < endedAt) return left({ reason: 'end-not-reached', endsAt: endedAt, now });
      return notice !== undefined && notice.endsAt.at < endedAt
        ? left({ reason: 'end-differs-from-notice', noticeEndsAt: notice.endsAt.at, found: endedAt })
        : right([{ type: 'ContractTerminated', data }]);
    }
    case 'terminated':
      // Terminating twice is a retry, not a mistake.
      return contract.endedAt.at === endedAt
        ? right([])
        : left({ reason: 'contract-ended', endedAt: contract.endedAt.at });
    case 'closed':
      return left({ reason: 'contract-closed' });
  }
};

/** The last event of a contract: everything is deleted, and certified. */
export const close = ({ data }: CloseContract, contract: Contract): ContractDecision => {
  switch (contract.status) {
    case 'none':
      return left({ reason: 'contract-not-concluded' });
    case 'concluded':
      return left({ reason: 'contract-not-terminated' });
    case 'terminated':
      return right([{ type: 'ContractClosed', data }]);
    case 'closed':
      return contract.certificateId === data.certificateId ? right([]) : left({ reason: 'contract-closed' });
  }
};
