import { left, right } from 'fp-ts/Either';
import type { ConcludeContract } from './commands';
import type { ContractDecision } from './decision';
import type { Contract } from './state';

/** A contract is concluded once; its id is never used for another. */
export const conclude = ({ data }: ConcludeContract, contract: Contract): ContractDecision => {
  switch (contract.status) {
    case 'none':
      return right([{ type: 'ContractConcluded', data }]);
    case 'concluded':
      return left({ reason: 'contract-already-concluded', contractId: data.contractId });
    case 'terminated':
      return left({ reason: 'contract-ended', endedAt: contract.endedAt.at });
    case 'closed':
      return left({ reason: 'contract-closed' });
  }
};
