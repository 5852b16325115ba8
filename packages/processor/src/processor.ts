import type { ProcessingRequest } from '@mandate/domain';
import type { Deletion, SignedCertificate } from '@mandate/deletion';
import type { EventStore, Position } from '@mandate/event-sourcing';
import type { Vault } from '@mandate/vault';
import type { ContractCommands } from './commands/contract-commands';
import type { DataSetCommands } from './commands/data-set-commands';
import type { InstructionCommands } from './commands/instruction-commands';
import type { DeletionOverview } from './deletions/deletion-overview';
import type { KeepRunningOptions } from './deletions/keep-running';
import type { DecisionOptions, DecisionResult, ExplanationResult, ScopeResult } from './decision-results';
import type { Permits } from './permits';
import type { Written } from './commands/written';

/** A step of a deletion that was carried out, well or not. */
export interface DeletionStepProgress {
  readonly step: Deletion['step'];
  readonly contractId: string;
  /** Where the step concerns one data set. */
  readonly dataSetId?: string;
  /** Where the step concerns one store. */
  readonly store?: string;
  readonly outcome: 'completed' | 'failed' | 'impossible';
  /** What the eraser or a store threw, if one did. It is kept nowhere else: it may quote personal data. */
  readonly error?: unknown;
}

/** Another process runs the deletions, or was killed when it did: this one waits until it may go on. */
export interface DeletionWait {
  readonly step: 'await-other-process';
  readonly outcome: 'waiting';
  /** When the wait ends if the other one is dead; a living one is waited for until its run ends. */
  readonly until: string;
}

/** What a deletion run reports while it works. */
export type DeletionProgress = DeletionStepProgress | DeletionWait;

/** A contract whose deletion stands still, because something in its history cannot be read or handled. */
export interface SetAsideDeletion {
  readonly contractId: string;
  /** For an event that cannot be read, an `EventStoreError` `corrupt` with its stream and position. */
  readonly cause: unknown;
}

/** Something that keeps a deletion from being complete, and why. */
export interface OutstandingDeletion {
  readonly contractId: string;
  readonly effectId: string;
  readonly step: Deletion['step'];
  readonly dataSetId?: string;
  readonly store?: string;
  readonly attempts: number;
  readonly retryAt?: string;
  /** A code like `store-unreachable`, when it waits for a person. */
  readonly parked?: string;
}

export interface Deletions {
  /**
   * Does everything that is due at this instant: ends contracts whose end has come, freezes, destroys keys,
   * erases stores, certifies. Call it at start and then regularly; `nextDueAt` says when there will be more.
   *
   * Of several processes on one folder one acts. The others wait for its run to end, or for five seconds when it was
   * killed, which `onProgress` is told (`await-other-process`); then they go on, and resolve when everything is done.
   *
   * Rejects at its end with `InstancesSetAsideError` when deletions of some contracts stand still (`setAside`), and at
   * once when the store fails.
   */
  readonly run: (options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: DeletionProgress) => void;
  }) => Promise<void>;
  /**
   * Does `run` at once and then at every interval, until the signal says stop: what a server calls at its start.
   * Overdue work is done first, so nothing is lost while the process is down.
   */
  readonly keepRunning: (options: KeepRunningOptions) => Promise<void>;
  /**
   * Where every deletion stands that is announced, under way or done, as of the last run: what each data set waits for (a
   * step, stores, the controller's acknowledgement, the date of a law), its deadline, and whether that is near or has passed.
   */
  readonly overview: () => readonly DeletionOverview[];
  readonly nextDueAt: () => string | undefined;
  /**
   * Every step that was set out on and is not done yet, with why, as of the last run. A data set that waits for the
   * controller's acknowledgement, or for the date of a law, is no step yet: see `overview`.
   */
  readonly outstanding: () => readonly OutstandingDeletion[];
  /** The contracts for which the last run could do nothing, and why. */
  readonly setAside: () => readonly SetAsideDeletion[];
  /** Has a parked step tried again. */
  readonly retry: (contractId: string, effectId: string) => Promise<void>;
  /** The certificate of a contract's deletion, once there is one. */
  readonly certificate: (contractId: string) => Promise<SignedCertificate | undefined>;
}

/** Everything a data processor records, asks and proves. */
export interface Processor {
  readonly contracts: ContractCommands;
  readonly instructions: InstructionCommands;
  readonly dataSets: DataSetCommands;
  /**
   * Whether an operation may be carried out. Ask before every one. Denies by default: an unknown contract, an
   * input that cannot be understood and a history that cannot be read are denials (Art. 28(3)(a), 29).
   */
  readonly decide: (
    request: Written<ProcessingRequest>,
    options?: DecisionOptions,
  ) => Promise<DecisionResult>;
  /**
   * Decides, and says on what the answer rests: clauses and evidence, or every reason with what would remove it, in English
   * and Polish, and the events with their places in the log. `textOfExplanation` makes text of it. Options as of `decide`.
   */
  readonly explain: (
    request: Written<ProcessingRequest>,
    options?: DecisionOptions,
  ) => Promise<ExplanationResult>;
  /**
   * What may be done under a contract at an instant, as disjoint cells with the clause and evidence behind each, and where
   * contract, data sets and sub-processors stand: plain data for whoever audits (Art. 28(3)(h)). Options as of `decide`.
   */
  readonly scopeAt: (contractId: string, options?: DecisionOptions) => Promise<ScopeResult>;
  /** The same question, answered at once from memory: for what is asked before every message. */
  readonly permits: Permits;
  /** Resolves once what was recorded up to a position is part of every answer. */
  readonly waitFor: (position: Position | undefined) => Promise<void>;
  readonly deletions: Deletions;
  /** Encrypts and decrypts personal data. */
  readonly vault: Vault;
  /** The history itself. */
  readonly eventStore: EventStore;
  /**
   * Lets go of stores and keys. A deletion run under way ends after the step it is at and rejects with `store-closed`;
   * a step that takes longer than five seconds is not waited for.
   */
  readonly close: () => Promise<void>;
}
