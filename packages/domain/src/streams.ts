import { combinedEventCodec, type EventCodec } from '@mandate/event-sourcing';
import { contractEventCodec } from './contract';
import type { MandateEvent } from './event';
import { instructionEventCodec } from './processing-instruction';
import { dataSetEventCodec } from './recipient-data-set';
import type { ContractId, DataSetId, InstructionId } from './vocabulary';

/** Every event of the domain, for what reads all of them. */
export const mandateEventCodec: EventCodec<MandateEvent> = combinedEventCodec<MandateEvent>([
  contractEventCodec,
  instructionEventCodec,
  dataSetEventCodec,
]);

// Streams are named by ids, which are nobody's name or address.

export const contractStream = (contractId: ContractId): string => `contract-${contractId}`;
export const instructionStream = (instructionId: InstructionId): string => `instruction-${instructionId}`;
export const dataSetStream = (dataSetId: DataSetId): string => `data-set-${dataSetId}`;

/** The stream of the aggregate that an event belongs to. */
export const streamOf = ({ data }: MandateEvent): string => {
  if ('dataSetId' in data) return dataSetStream(data.dataSetId);
  return 'instructionId' in data ? instructionStream(data.instructionId) : contractStream(data.contractId);
};
