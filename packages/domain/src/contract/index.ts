import type { Decider } from '@mandate/event-sourcing';
import type { ContractCommand } from './commands';
import { decide } from './decide';
import type { ContractFacts } from './decision';
import type { ContractEvent } from './events';
import type { ContractRejection } from './rejections';
import { evolve, initialContract, type Contract } from './state';

/** The contract between controller and processor, as a decider. */
export const contract: Decider<ContractCommand, Contract, ContractEvent, ContractRejection, ContractFacts> = {
  initialState: initialContract,
  decide,
  evolve,
};

export { contractCommandCodecs } from './command-codec';
export type * from './commands';
export type { ContractFacts } from './decision';
export { contractEventCodec } from './event-codec';
export type * from './events';
export { explainContractRejection } from './rejections';
export type { ContractRejection } from './rejections';
export { endOf, issuersFromTheStart } from './state';
export type { Agreement, Contract, EffectiveTerms, IssuerAuthority, SubProcessorStanding } from './state';
export { contractTerms } from './terms';
export type { ContractTerms, DeletionPolicy } from './terms';
