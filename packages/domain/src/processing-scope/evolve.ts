import type { ContractEvent } from '../contract';
import type { MandateEvent } from '../event';
import type { InstructionEvent } from '../processing-instruction';
import type { DataSetEvent } from '../recipient-data-set';
import { evolveAgreement, evolveSubProcessor, scopeOfConcluded } from './evolve-contract';
import { evolveDataSet } from './evolve-data-set';
import { evolveInstruction } from './evolve-instruction';
import type { ContractScope } from './scope';

const isInstructionEvent = (event: MandateEvent): event is InstructionEvent => 'instructionId' in event.data;

const isDataSetEvent = (event: MandateEvent): event is DataSetEvent => 'dataSetId' in event.data;

const isSubProcessorEvent = (
  event: ContractEvent,
): event is Extract<ContractEvent, { type: `SubProcessor${string}` }> => 'subProcessorId' in event.data;

/**
 * The scope after one more event of the contract, of one of its instructions or of one of its data sets.
 * Before the contract is concluded there is no scope, and nothing that comes before it makes one.
 */
export const evolveScope = (
  scope: ContractScope | undefined,
  event: MandateEvent,
): ContractScope | undefined => {
  if (event.type === 'ContractConcluded') return scope ?? scopeOfConcluded(event.data);
  // What was delivered to the wrong place must never widen anything.
  if (scope === undefined || event.data.contractId !== scope.contractId) return scope;
  if (isDataSetEvent(event)) return evolveDataSet(scope, event);
  if (isInstructionEvent(event)) return evolveInstruction(scope, event);
  return isSubProcessorEvent(event) ? evolveSubProcessor(scope, event) : evolveAgreement(scope, event);
};
