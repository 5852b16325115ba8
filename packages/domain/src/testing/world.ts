import type { Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { contract as contractDecider, type Contract, type ContractCommand } from '../contract';
import type { MandateEvent } from '../event';
import {
  processingInstruction as instructionDecider,
  type InstructionCommand,
  type ProcessingInstruction,
} from '../processing-instruction';
import {
  recipientDataSet as dataSetDecider,
  type DataSetCommand,
  type RecipientDataSet,
} from '../recipient-data-set';
import type { ContractId, DataSetId, InstructionId } from '../vocabulary';
import { shifted } from './instants';
import type { History, RecordedMandateEvent } from './history';

/** Every command of the domain. */
export type MandateCommand = ContractCommand | InstructionCommand | DataSetCommand;

const isDataSetCommand = (command: MandateCommand): command is DataSetCommand => 'dataSetId' in command.data;

const isInstructionCommand = (command: MandateCommand): command is InstructionCommand =>
  'instructionId' in command.data && !('dataSetId' in command.data);

/** All contracts, instructions and data sets there are, moved by commands through the real deciders. */
export class World {
  readonly #contracts = new Map<ContractId, Contract>();
  readonly #instructions = new Map<InstructionId, ProcessingInstruction>();
  readonly #dataSets = new Map<DataSetId, RecipientDataSet>();
  readonly #history: RecordedMandateEvent[] = [];
  #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  get now(): Instant {
    return this.#now;
  }

  get history(): History {
    return this.#history;
  }

  /** Lets time pass. */
  wait(ms: number): void {
    this.#now = shifted(this.#now, ms);
  }

  contract(id: ContractId): Contract {
    return this.#contracts.get(id) ?? contractDecider.initialState;
  }

  get contractIds(): readonly ContractId[] {
    return [...this.#contracts.keys()];
  }

  get instructions(): readonly Exclude<ProcessingInstruction, { status: 'none' }>[] {
    return [...this.#instructions.values()].filter((instruction) => instruction.status !== 'none');
  }

  get dataSets(): readonly Exclude<RecipientDataSet, { status: 'none' }>[] {
    return [...this.#dataSets.values()].filter((dataSet) => dataSet.status !== 'none');
  }

  /** Carries a command out, and records what follows; a refused command leaves no trace. */
  do(command: MandateCommand): void {
    const facts = { now: this.#now, contract: this.contract(command.data.contractId) };
    if (isDataSetCommand(command)) {
      const { dataSetId } = command.data;
      const dataSet = this.#dataSets.get(dataSetId) ?? dataSetDecider.initialState;
      const decision = dataSetDecider.decide(command, dataSet, facts);
      if (isLeft(decision)) return;
      this.#dataSets.set(dataSetId, decision.right.reduce(dataSetDecider.evolve, dataSet));
      this.#record(decision.right);
    } else if (isInstructionCommand(command)) {
      const { instructionId } = command.data;
      const instruction = this.#instructions.get(instructionId) ?? instructionDecider.initialState;
      const decision = instructionDecider.decide(command, instruction, facts);
      if (isLeft(decision)) return;
      this.#instructions.set(instructionId, decision.right.reduce(instructionDecider.evolve, instruction));
      this.#record(decision.right);
    } else {
      const decision = contractDecider.decide(command, facts.contract, facts);
      if (isLeft(decision)) return;
      const { contractId } = command.data;
      this.#contracts.set(contractId, decision.right.reduce(contractDecider.evolve, facts.contract));
      this.#record(decision.right);
    }
  }

  #record(events: readonly MandateEvent[]): void {
    this.#history.push(...events.map((event) => ({ recordedAt: this.#now, event })));
  }
}
