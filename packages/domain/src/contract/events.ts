import type { Instant } from '@mandate/event-sourcing';
import type {
  CertificateId,
  CertificateStatus,
  ContractId,
  ControllerId,
  Country,
  Digest,
  EndOfServiceChoice,
  Evidence,
  Interval,
  IssuerId,
  LegalDate,
  NonEmpty,
  ProcessorId,
  SubProcessorId,
  SuspensionGround,
  TerminationGround,
} from '../vocabulary';
import type { ContractTerms } from './terms';

/** Controller and processor agreed on the service and its processing terms. */
export interface ContractConcluded {
  readonly type: 'ContractConcluded';
  readonly data: {
    readonly contractId: ContractId;
    readonly controllerId: ControllerId;
    readonly processorId: ProcessorId;
    readonly startsAt: LegalDate;
    readonly terms: ContractTerms;
    readonly endOfService: EndOfServiceChoice;
    /** Who may instruct on the controller's behalf, from the receipt of the signed terms on. */
    readonly issuers: readonly IssuerId[];
  };
}

/** The parties agreed on new terms, which hold from `effectiveAt` on. */
export interface ContractAmended {
  readonly type: 'ContractAmended';
  readonly data: {
    readonly contractId: ContractId;
    readonly effectiveAt: Instant;
    readonly terms: ContractTerms;
  };
}

/** From `effectiveAt` on the data is only stored and secured (clause 10(a)). */
export interface ContractSuspended {
  readonly type: 'ContractSuspended';
  readonly data: {
    readonly contractId: ContractId;
    readonly effectiveAt: Instant;
    readonly ground: SuspensionGround;
  };
}

/** Processing may go on from `effectiveAt`. */
export interface ContractResumed {
  readonly type: 'ContractResumed';
  readonly data: { readonly contractId: ContractId; readonly effectiveAt: Instant };
}

/** A party said that the contract ends at `endsAt`; until then it holds. */
export interface TerminationNoticeGiven {
  readonly type: 'TerminationNoticeGiven';
  readonly data: {
    readonly contractId: ContractId;
    readonly endsAt: LegalDate;
    readonly ground: TerminationGround;
    readonly notice: Evidence;
  };
}

/** The notice was taken back before it took effect. */
export interface TerminationNoticeWithdrawn {
  readonly type: 'TerminationNoticeWithdrawn';
  readonly data: { readonly contractId: ContractId; readonly withdrawal: Evidence };
}

/** The contract has ended. Nothing brings it back; what is left is to return, erase and secure. */
export interface ContractTerminated {
  readonly type: 'ContractTerminated';
  readonly data: {
    readonly contractId: ContractId;
    readonly endedAt: LegalDate;
    readonly ground: TerminationGround;
  };
}

/** The deletion is certified; the processor's duties for this data are done (clause 10(d)). */
export interface ContractClosed {
  readonly type: 'ContractClosed';
  readonly data: {
    readonly contractId: ContractId;
    readonly certificateId: CertificateId;
    readonly certificateDigest: Digest;
    readonly status: CertificateStatus;
  };
}

/** The controller chose what happens to the data at the end (Art. 28(3)(g)). */
export interface EndOfServiceChosen {
  readonly type: 'EndOfServiceChosen';
  readonly data: {
    readonly contractId: ContractId;
    readonly choice: EndOfServiceChoice;
    readonly document: Evidence;
  };
}

/** The controller named somebody who may instruct. */
export interface IssuerAuthorised {
  readonly type: 'IssuerAuthorised';
  readonly data: {
    readonly contractId: ContractId;
    readonly issuerId: IssuerId;
    readonly interval: Interval;
    readonly document: Evidence;
  };
}

/** From `effectiveAt` on this issuer may no longer instruct. */
export interface IssuerRevoked {
  readonly type: 'IssuerRevoked';
  readonly data: {
    readonly contractId: ContractId;
    readonly issuerId: IssuerId;
    readonly effectiveAt: Instant;
  };
}

/** The processor gave notice of a sub-processor; it may be used once the window has closed (Art. 28(2)). */
export interface SubProcessorAnnounced {
  readonly type: 'SubProcessorAnnounced';
  readonly data: {
    readonly contractId: ContractId;
    readonly subProcessorId: SubProcessorId;
    readonly countries: NonEmpty<Country>;
    readonly objectionUntil: LegalDate;
  };
}

/** The controller agreed to a sub-processor in writing, which ends the waiting (specific authorisation). */
export interface SubProcessorAuthorised {
  readonly type: 'SubProcessorAuthorised';
  readonly data: {
    readonly contractId: ContractId;
    readonly subProcessorId: SubProcessorId;
    readonly countries: NonEmpty<Country>;
    readonly effectiveAt: Instant;
    readonly document: Evidence;
  };
}

/** The controller objected in time: this contract's data never goes to that sub-processor. */
export interface SubProcessorObjected {
  readonly type: 'SubProcessorObjected';
  readonly data: {
    readonly contractId: ContractId;
    readonly subProcessorId: SubProcessorId;
    readonly objection: Evidence;
  };
}

/** The sub-processor is no longer used from `effectiveAt` on. */
export interface SubProcessorDismissed {
  readonly type: 'SubProcessorDismissed';
  readonly data: {
    readonly contractId: ContractId;
    readonly subProcessorId: SubProcessorId;
    readonly effectiveAt: Instant;
  };
}

export type ContractEvent =
  | ContractConcluded
  | ContractAmended
  | ContractSuspended
  | ContractResumed
  | TerminationNoticeGiven
  | TerminationNoticeWithdrawn
  | ContractTerminated
  | ContractClosed
  | EndOfServiceChosen
  | IssuerAuthorised
  | IssuerRevoked
  | SubProcessorAnnounced
  | SubProcessorAuthorised
  | SubProcessorObjected
  | SubProcessorDismissed;
