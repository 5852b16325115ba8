import { isLeft, left, right, type Either } from 'fp-ts/Either';
import type { ContractCommand } from './commands';
import { conclude } from './decide-conclusion';
import { close, giveNotice, terminate, withdrawNotice } from './decide-end';
import { amend, resume, suspend } from './decide-interruption';
import { authoriseIssuer, chooseEndOfService, revokeIssuer } from './decide-issuer';
import {
  announceSubProcessor,
  authoriseSubProcessor,
  dismissSubProcessor,
  objectToSubProcessor,
} from './decide-sub-processor';
import type { ContractDecision, ContractFacts } from './decision';
import type { ContractRejection } from './rejections';
import { endOf, type Agreement, type Contract } from './state';

/** The agreement, while the contract can still change; otherwise why it cannot. */
const changeable = (contract: Contract, { now }: ContractFacts): Either<ContractRejection, Agreement> => {
  const end = endOf(contract);
  switch (contract.status) {
    case 'none':
      return left({ reason: 'contract-not-concluded' });
    case 'concluded':
      // A notice takes effect by itself, whether or not the termination has been recorded yet.
      return end !== undefined && end.at <= now
        ? left({ reason: 'contract-ended', endedAt: end.at })
        : right(contract.agreement);
    case 'terminated':
      return left({ reason: 'contract-ended', endedAt: contract.endedAt.at });
    case 'closed':
      return left({ reason: 'contract-closed' });
  }
};

/** What follows from a command to a contract. */
export const decide = (
  command: ContractCommand,
  contract: Contract,
  facts: ContractFacts,
): ContractDecision => {
  switch (command.type) {
    case 'ConcludeContract':
      return conclude(command, contract);
    case 'TerminateContract':
      return terminate(command, contract, facts);
    case 'CloseContract':
      return close(command, contract);
    case 'AmendContract':
    case 'SuspendContract':
    case 'ResumeContract':
    case 'GiveTerminationNotice':
    case 'WithdrawTerminationNotice':
    case 'ChooseEndOfService':
    case 'AuthoriseIssuer':
    case 'RevokeIssuer':
    case 'AnnounceSubProcessor':
    case 'AuthoriseSubProcessor':
    case 'ObjectToSubProcessor':
    case 'DismissSubProcessor': {
      const agreement = changeable(contract, facts);
      return isLeft(agreement) ? agreement : change(command, agreement.right, facts);
    }
  }
};

type Change = Exclude<ContractCommand, { type: 'ConcludeContract' | 'TerminateContract' | 'CloseContract' }>;

const change = (command: Change, agreement: Agreement, facts: ContractFacts): ContractDecision => {
  switch (command.type) {
    case 'AmendContract':
      return amend(command, agreement);
    case 'SuspendContract':
      return suspend(command, agreement);
    case 'ResumeContract':
      return resume(command, agreement);
    case 'GiveTerminationNotice':
      return giveNotice(command, agreement, facts);
    case 'WithdrawTerminationNotice':
      return withdrawNotice(command, agreement);
    case 'ChooseEndOfService':
      return chooseEndOfService(command, agreement);
    case 'AuthoriseIssuer':
      return authoriseIssuer(command, agreement);
    case 'RevokeIssuer':
      return revokeIssuer(command, agreement);
    case 'AnnounceSubProcessor':
      return announceSubProcessor(command, agreement, facts);
    case 'AuthoriseSubProcessor':
      return authoriseSubProcessor(command, agreement);
    case 'ObjectToSubProcessor':
      return objectToSubProcessor(command, agreement);
    case 'DismissSubProcessor':
      return dismissSubProcessor(command, agreement);
  }
};
