import type {
  CertificateId,
  CertificateStatus,
  ContractId,
  ControllerId,
  DataSetId,
  Digest,
  EndOfServiceChoice,
  ErasureReceipt,
  LegalDate,
  ProcessorId,
  RegisteredStore,
  SendingOutcome,
  TerminationGround,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import type { SignedDocument } from './signed-document';

/** What one store did. */
export interface CertifiedStore extends RegisteredStore {
  readonly receipt: ErasureReceipt;
  /** The day from which no backup of it can hold the data any more. */
  readonly backupsExpireOn?: LegalDate;
}

/** What became of one data set. */
export interface CertifiedDataSet {
  readonly dataSetId: DataSetId;
  readonly deadline: LegalDate;
  /** Recipients held when the deletion was ordered. */
  readonly recipients: number;
  readonly keys: {
    readonly destroyed: number;
    readonly fenceRevision: number;
    readonly destroyedAt: Instant;
  };
  readonly stores: readonly CertifiedStore[];
  readonly deletedAt: Instant;
}

/** What a deletion cannot reach, said openly. */
export type KnownLimit =
  'messages-handed-over-are-beyond-reach' | 'backups-hold-unreadable-data-until-they-expire';

/**
 * The statement that a contract's data is deleted (Art. 28(3)(g), SCC 10(d)). It names no recipient, and holds
 * nothing from which one could be found.
 */
export interface CertificateContents {
  readonly format: 'mandate-deletion-certificate/1';
  readonly certificateId: CertificateId;
  readonly status: CertificateStatus;
  readonly issuedAt: Instant;
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly processorId: ProcessorId;
  readonly endOfService: {
    readonly endedAt: LegalDate;
    readonly ground: TerminationGround;
    readonly choice: EndOfServiceChoice;
    /** Of the notice of termination, where there was one. */
    readonly noticeDigest?: Digest;
    /** Of the controller's acknowledgements, where data was returned first. */
    readonly acknowledgementDigests: readonly Digest[];
  };
  readonly dataSets: readonly CertifiedDataSet[];
  /** Operations on record by what became of them. */
  readonly operations: Readonly<Record<SendingOutcome, number>>;
  readonly knownLimits: readonly KnownLimit[];
  /** The contract's history up to here: its events, and a digest over all of them in their order. */
  readonly history: { readonly events: number; readonly digest: Digest };
}

/** What the process knows of a certificate; the calendar, the digest of the history and the key come to it. */
export type CertificateDraft = Omit<
  CertificateContents,
  'format' | 'certificateId' | 'status' | 'issuedAt' | 'knownLimits' | 'history'
>;

/** A certificate with its signature. */
export type SignedCertificate = SignedDocument<CertificateContents>;
