import type {
  ContractBasis,
  ContractId,
  ContractStanding,
  DenialCode,
  DenialReason,
  Digest,
  ExplanationLanguage,
  InstructionBasis,
  MandateEvent,
  ProcessingRequest,
} from '@mandate/domain';
import type { Instant, Position } from '@mandate/event-sourcing';

/** An event that an answer rests on, and where it stands. */
export interface EventBehind {
  readonly type: MandateEvent['type'];
  readonly stream: string;
  readonly position: Position;
  readonly recordedAt: Instant;
}

/** A reason for a denial in words, and what would remove it. */
export interface ExplainedDenial {
  readonly code: DenialCode;
  readonly article: string;
  readonly sentence: Readonly<Record<ExplanationLanguage, string>>;
  readonly cure: Readonly<Record<ExplanationLanguage, string>>;
  readonly reason: DenialReason;
}

/** Where the contract of a request stands at the asked instant. */
export interface ContractBehind {
  readonly contractId: ContractId;
  readonly standing: ContractStanding;
  /** Of the signed processing terms in force. */
  readonly documentDigest?: Digest;
}

/**
 * An answer with everything that it rests on, as plain data (GDPR Art. 5(2), 28(3)(h)). It holds no personal data: ids,
 * digests, words of closed lists and instants.
 */
export interface ExplainedDecision {
  readonly decision: 'allow' | 'deny';
  readonly request: ProcessingRequest;
  readonly validAt: Instant;
  readonly knownAt?: Instant | Position;
  /** The time around `validAt` in which the answer is the same, half-open, unless something new is recorded. */
  readonly holds: { readonly from?: Instant; readonly until?: Instant };
  /** Absent when there is no such contract. */
  readonly contract?: ContractBehind;
  /** For each category the clause, version and evidence; the contract itself for custody. Empty when denied. */
  readonly grounds: readonly (InstructionBasis | ContractBasis)[];
  /** Empty when allowed. */
  readonly reasons: readonly ExplainedDenial[];
  /** In the order of the log. Deciding by these alone gives the same answer. */
  readonly events: readonly EventBehind[];
}
