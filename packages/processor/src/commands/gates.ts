import {
  contract,
  contractCommandCodecs,
  contractEventCodec,
  contractStream,
  dataSetCommandCodecs,
  dataSetEventCodec,
  dataSetStream,
  explainContractRejection,
  explainDataSetRejection,
  explainInstructionRejection,
  instructionCommandCodecs,
  instructionEventCodec,
  instructionStream,
  processingInstruction,
  recipientDataSet,
  type Contract,
  type ContractCommand,
  type ContractEvent,
  type ContractId,
  type ContractRejection,
  type DataSetCommand,
  type DataSetEvent,
  type DataSetRejection,
  type InstructionCommand,
  type InstructionEvent,
  type InstructionRejection,
  type ProcessingInstruction,
  type RecipientDataSet,
} from '@mandate/domain';
import {
  createAggregateMemory,
  loadAggregate,
  type AggregateMemory,
  type Clock,
  type EventStore,
  type Instant,
  type Position,
  type Telemetry,
  type Uuid,
} from '@mandate/event-sourcing';
import { createCommandGate, type CommandGate } from './command-gate';
import type { ResolvedInput } from '../calendar/legal-dates';

/** What is known of the aggregates from one command to the next; one for all ways in to the same store. */
export interface AggregateMemories {
  readonly contract: AggregateMemory<Contract>;
  readonly instruction: AggregateMemory<ProcessingInstruction>;
  readonly dataSet: AggregateMemory<RecipientDataSet>;
}

export const createAggregateMemories = (): AggregateMemories => ({
  contract: createAggregateMemory(),
  instruction: createAggregateMemory(),
  dataSet: createAggregateMemory(),
});

export interface GateOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  /** Gives the dates in an input their instants. */
  readonly resolve: (input: unknown) => ResolvedInput;
  /** Brings the read side up to a position, or makes it say that it is not there. */
  readonly follow: (position: Position | undefined) => Promise<void>;
  readonly memories: AggregateMemories;
  readonly telemetry: Telemetry;
}

/** The ways in to the three aggregates. */
export interface Gates {
  readonly contract: CommandGate<ContractCommand, ContractEvent, ContractRejection>;
  readonly instruction: CommandGate<InstructionCommand, InstructionEvent, InstructionRejection>;
  readonly dataSet: CommandGate<DataSetCommand, DataSetEvent, DataSetRejection>;
}

export const createGates = ({ store, clock, newId, resolve, follow, ...options }: GateOptions): Gates => {
  const { memories, telemetry } = options;
  const onRecorded = ({ position }: { readonly position: Position | undefined }): Promise<void> =>
    follow(position);
  const common = { store, newId, resolve, onRecorded, telemetry };

  const contractOptions = { decider: contract, codec: contractEventCodec, memory: memories.contract };

  // The contract is read from its own stream for every decision: a read model may lag, a fact may not.
  const factsOf = async (
    contractId: ContractId,
  ): Promise<{ readonly now: Instant; readonly contract: Contract }> => ({
    contract: (await loadAggregate(store, contractStream(contractId), contractOptions)).state,
    now: clock(),
  });

  return {
    contract: createCommandGate({
      ...common,
      decider: contract,
      memory: memories.contract,
      eventCodec: contractEventCodec,
      commandCodecs: contractCommandCodecs,
      streamOf: ({ data }: ContractCommand) => contractStream(data.contractId),
      factsFor: () => Promise.resolve({ now: clock() }),
      explain: explainContractRejection,
    }),
    instruction: createCommandGate({
      ...common,
      decider: processingInstruction,
      memory: memories.instruction,
      eventCodec: instructionEventCodec,
      commandCodecs: instructionCommandCodecs,
      streamOf: ({ data }: InstructionCommand) => instructionStream(data.instructionId),
      factsFor: ({ data }: InstructionCommand) => factsOf(data.contractId),
      explain: explainInstructionRejection,
    }),
    dataSet: createCommandGate({
      ...common,
      decider: recipientDataSet,
      memory: memories.dataSet,
      eventCodec: dataSetEventCodec,
      commandCodecs: dataSetCommandCodecs,
      streamOf: ({ data }: DataSetCommand) => dataSetStream(data.dataSetId),
      factsFor: ({ data }: DataSetCommand) => factsOf(data.contractId),
      explain: explainDataSetRejection,
    }),
  };
};
