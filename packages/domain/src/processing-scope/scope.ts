import type { Instant } from '@mandate/event-sourcing';
import type { ContractTerms, EffectiveTerms, IssuerAuthority } from '../contract';
import type { InstructionContent, InstructionEnding, IssuerEntitlement } from '../processing-instruction';
import type {
  Clause,
  ContractId,
  ControllerId,
  Country,
  DataCategory,
  DataSetId,
  Digest,
  InstructionId,
  Interval,
  SubProcessorId,
} from '../vocabulary';

export interface NumberedVersion {
  /** From 1 on. */
  readonly version: number;
  readonly effectiveAt: Instant;
  readonly content: InstructionContent;
}

export interface InstructionScope {
  readonly instructionId: InstructionId;
  readonly entitlement: IssuerEntitlement;
  readonly versions: readonly NumberedVersion[];
  readonly supersedes?: InstructionId;
  readonly suspensions: readonly Interval[];
  readonly contests: readonly { readonly interval: Interval; readonly clauses: 'all' | readonly Clause[] }[];
  readonly endings: readonly { readonly ending: InstructionEnding; readonly at: Instant }[];
}

export interface DataSetScope {
  readonly dataSetId: DataSetId;
  readonly categories: readonly DataCategory[];
  readonly restrictions: readonly Interval[];
  /** When the controller takes it back. */
  readonly withdrawnFrom?: Instant;
  readonly isDeletionOrdered: boolean;
  readonly isDeleted: boolean;
}

/** What one announcement or one authorisation permits: from the close of its window or its own date on. */
export interface SubProcessorUse {
  readonly interval: Interval;
  readonly countries: readonly Country[];
}

export interface SubProcessorScope {
  /** In the order in which they were recorded; the countries of one never reach into the time of another. */
  readonly uses: readonly SubProcessorUse[];
  readonly windowClosesAt?: Instant;
  readonly isObjected: boolean;
}

/**
 * What the processor may do with the data of one contract, as intervals: everything that its history says
 * about any instant. It is data; `decide` reads it.
 */
export interface ContractScope {
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly startsAt: Instant;
  /** The end that a notice announced, while the notice stands. */
  readonly noticedEnd?: Instant;
  /** The end that was recorded; it outweighs the notice. */
  readonly recordedEnd?: Instant;
  readonly isClosed: boolean;
  readonly terms: readonly EffectiveTerms[];
  readonly suspensions: readonly Interval[];
  readonly issuers: readonly IssuerAuthority[];
  readonly subProcessors: ReadonlyMap<SubProcessorId, SubProcessorScope>;
  readonly instructions: ReadonlyMap<InstructionId, InstructionScope>;
  readonly dataSets: ReadonlyMap<DataSetId, DataSetScope>;
}

/** When the contract ends, as far as is known. */
export const scopeEnd = (scope: ContractScope): Instant | undefined => scope.recordedEnd ?? scope.noticedEnd;

/** The terms that hold at an instant; none before the contract starts. */
export const termsAt = (scope: ContractScope, at: Instant): ContractTerms | undefined =>
  scope.terms.findLast(({ effectiveAt }) => effectiveAt <= at)?.terms;

/** The digest of the signed processing terms that hold at an instant. */
export const documentAt = (scope: ContractScope, at: Instant): Digest | undefined =>
  termsAt(scope, at)?.document.digest;
