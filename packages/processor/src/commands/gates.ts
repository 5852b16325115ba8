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
} from '@mandate/domain';
import type { Clock, EventStore, Instant, Position, Uuid } from '@mandate/event-sourcing';
import { loadState } from './aggregate-state';
import { createCommandGate, type CommandGate } from './command-gate';
import type { ResolvedInput } from '../calendar/legal-dates';

export interface GateOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  /** Gives the dates in an input their instants. */
  readonly resolve: (input: unknown) => ResolvedInput;
  /** Brings the read side up to a position, or makes it say that it is not there. */
  readonly follow: (position: Position | undefined) => Promise<void>;
}

/** The ways in to the three aggregates. */
export interface Gates {
  readonly contract: CommandGate<ContractCommand, ContractEvent, ContractRejection>;
  readonly instruction: CommandGate<InstructionCommand, InstructionEvent, InstructionRejection>;
  readonly dataSet: CommandGate<DataSetCommand, DataSetEvent, DataSetRejection>;
}

export const createGates = ({ store, clock, newId, resolve, follow }: GateOptions): Gates => {
  const onRecorded = ({ position }: { readonly position: Position | undefined }): Promise<void> =>
    follow(position);
  const common = { store, newId, resolve, onRecorded };

  // The contract is read from its own stream for every decision: a read model may lag, a fact may not.
  const factsOf = async (
    contractId: ContractId,
  ): Promise<{ readonly now: Instant; readonly contract: Contract }> => ({
    contract: await loadState(store, contractStream(contractId), {
      decider: contract,
      codec: contractEventCodec,
    }),
    now: clock(),
  });

  return {
    contract: createCommandGate({
      ...common,
      decider: contract,
      eventCodec: contractEventCodec,
      commandCodecs: contractCommandCodecs,
      streamOf: ({ data }: ContractCommand) => contractStream(data.contractId),
      factsFor: () => Promise.resolve({ now: clock() }),
      explain: explainContractRejection,
    }),
    instruction: createCommandGate({
      ...common,
      decider: processingInstruction,
      eventCodec: instructionEventCodec,
      commandCodecs: instructionCommandCodecs,
      streamOf: ({ data }: InstructionCommand) => instructionStream(data.instructionId),
      factsFor: ({ data }: InstructionCommand) => factsOf(data.contractId),
      explain: explainInstructionRejection,
    }),
    dataSet: createCommandGate({
      ...common,
      decider: recipientDataSet,
      eventCodec: dataSetEventCodec,
      commandCodecs: dataSetCommandCodecs,
      streamOf: ({ data }: DataSetCommand) => dataSetStream(data.dataSetId),
      factsFor: ({ data }: DataSetCommand) => factsOf(data.contractId),
      explain: explainDataSetRejection,
    }),
  };
};
