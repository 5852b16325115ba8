import type { ContractEvent } from './contract';
import type { InstructionEvent } from './processing-instruction';
import type { DataSetEvent } from './recipient-data-set';

/** Every event of the domain. */
export type MandateEvent = ContractEvent | InstructionEvent | DataSetEvent;
