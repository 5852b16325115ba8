// A world for one deletion: the real aggregates, a log, a process that reads it, and stores that hold data.
import {
  contract as contractDecider,
  recipientDataSet as dataSetDecider,
  type Contract,
  type ContractCommand,
  type DataSetCommand,
  type DataSetId,
  type MandateEvent,
  type RecipientDataSet,
} from '@mandate/domain';
import { epochMillisecondsOf, instantOf, type Decider, type Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import type { Deletion } from '../effect';
import type { DeletionEvent } from '../events';
import { deletionProcess } from '../process';
import type { DeletionState } from '../state';
import type { Input } from './scenario';

/** An effect that was asked for and is not known to be done. */
export interface Pending {
  readonly effect: Deletion;
}

interface OnRecord {
  readonly event: MandateEvent;
  readonly recordedAt: Instant;
}

export class DeletionWorld {
  now: Instant;
  contract: Contract = contractDecider.initialState;
  readonly dataSets = new Map<DataSetId, RecipientDataSet>();
  readonly log: OnRecord[] = [];
  state: DeletionState = deletionProcess.initialState;
  readonly pending: Pending[] = [];
  readonly deadlines = new Map<string, Instant>();
  #taken = 0;

  constructor(now: string) {
    this.now = now as Instant;
  }

  wait(ms: number): void {
    this.now = instantOf(epochMillisecondsOf(this.now) + ms);
  }

  /** Carries a command to the contract out; answers with the reason of a refusal. */
  toContract(command: ContractCommand): string | undefined {
    const decision = this.#decide(contractDecider, command, this.contract, { now: this.now });
    if (typeof decision === 'string') return decision;
    this.contract = decision.reduce(contractDecider.evolve, this.contract);
    return undefined;
  }

  /** Carries a command to a data set out; answers with the reason of a refusal. */
  toDataSet(command: DataSetCommand, contract: Contract = this.contract): string | undefined {
    const { dataSetId } = command.data;
    const dataSet = this.dataSets.get(dataSetId) ?? dataSetDecider.initialState;
    const decision = this.#decide(dataSetDecider, command, dataSet, { now: this.now, contract });
    if (typeof decision === 'string') return decision;
    this.dataSets.set(dataSetId, decision.reduce(dataSetDecider.evolve, dataSet));
    return undefined;
  }

  #decide<C, State, Event extends MandateEvent, Rejection extends { readonly reason: string }, Facts>(
    decider: Decider<C, State, Event, Rejection, Facts>,
    command: C,
    state: State,
    facts: Facts,
  ): readonly Event[] | string {
    const decision = decider.decide(command, state, facts);
    if (isLeft(decision)) return decision.left.reason;
    this.log.push(...decision.right.map((event) => ({ event, recordedAt: this.now })));
    return decision.right;
  }

  /** Tells the process of the next event in the log; false when it knows all of them. */
  deliver(): boolean {
    const next = this.log[this.#taken];
    if (next === undefined) return false;
    this.#taken += 1;
    if (deletionProcess.codec.types.some((type) => type === next.event.type)) {
      this.tell({ kind: 'event', event: next.event as DeletionEvent, recordedAt: next.recordedAt });
    }
    return true;
  }

  /** Tells the process of the deadlines that have come; false when none has. */
  fireDeadlines(): boolean {
    const due = [...this.deadlines].filter(([, dueAt]) => dueAt <= this.now);
    for (const [deadline, dueAt] of due) {
      this.deadlines.delete(deadline);
      this.tell({ kind: 'deadline-reached', deadline, dueAt });
    }
    return due.length > 0;
  }

  tell(input: Input): void {
    this.state = deletionProcess.evolve(this.state, input as never);
    for (const reaction of deletionProcess.react(this.state, input as never)) {
      switch (reaction.kind) {
        case 'effect':
          this.pending.push({ effect: reaction.effect });
          break;
        case 'set-deadline':
          this.deadlines.set(reaction.deadline, reaction.dueAt);
          break;
        case 'cancel-deadline':
          this.deadlines.delete(reaction.deadline);
          break;
      }
    }
  }

  /** Notes that an effect is done, and tells the process. */
  complete(pending: Pending): void {
    this.pending.splice(this.pending.indexOf(pending), 1);
    this.tell({ kind: 'effect-completed', effect: pending.effect, result: {}, completedAt: this.now });
  }
}
