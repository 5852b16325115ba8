import type { Instant } from '@mandate/event-sourcing';
import type {
  BatchId,
  Channel,
  Clause,
  ContractId,
  Country,
  DataCategory,
  DataSetId,
  Digest,
  ErasureMethod,
  ErasureRequestId,
  Evidence,
  InstructionId,
  Interval,
  IssuerId,
  LegalDate,
  NonEmpty,
  Purpose,
  Reference,
  RestrictionGround,
  RetainedItem,
  RetentionId,
  SendingOutcome,
  SpecialCategory,
} from '../vocabulary';
import type {
  DataSetDeleted,
  DataSetReturned,
  DeletionOrdered,
  KeysDestroyed,
  ReturnAcknowledged,
  StoreErased,
} from './events-of-the-end';
import type { RegisteredStore } from './receipt';

/** The controller entrusted recipients' data; the digest is keyed and dies with the data set's key. */
export interface DataSetEntrusted {
  readonly type: 'DataSetEntrusted';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly source: 'controller';
    readonly categories: NonEmpty<DataCategory>;
    readonly recipients: number;
    readonly manifestDigest: Digest;
    readonly region: Country;
    readonly stores: NonEmpty<RegisteredStore>;
  };
}

/** The controller added recipients. */
export interface RecipientsAdded {
  readonly type: 'RecipientsAdded';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly recipients: number;
    readonly manifestDigest: Digest;
  };
}

/** The controller removed recipients. */
export interface RecipientsRemoved {
  readonly type: 'RecipientsRemoved';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly recipients: number;
  };
}

/** Another place holds data of this set from now on. */
export interface StoreRegistered {
  readonly type: 'StoreRegistered';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly store: RegisteredStore;
  };
}

/** A batch of processing happened, and this is the instruction it rested on (Art. 30(2)). */
export interface ProcessingRecorded {
  readonly type: 'ProcessingRecorded';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly batchId: BatchId;
    readonly instructionId: InstructionId;
    readonly instructionVersion: number;
    readonly clause: Clause;
    readonly purpose: Purpose;
    readonly channel: Channel;
    readonly country: Country;
    readonly interval: Interval;
    readonly outcome: SendingOutcome;
    readonly operations: number;
  };
}

/** From `effectiveAt` on the data is only stored (Art. 18). */
export interface DataSetRestricted {
  readonly type: 'DataSetRestricted';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly effectiveAt: Instant;
    readonly ground: RestrictionGround;
  };
}

/** The restriction is lifted from `effectiveAt` on. */
export interface DataSetUnrestricted {
  readonly type: 'DataSetUnrestricted';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly effectiveAt: Instant;
  };
}

/**
 * The controller takes the data set back while the contract goes on: from `endsAt` on nothing justifies that it is held, and
 * it is returned or deleted as at the end of a contract (Art. 28(3)(a), (g)). Final: it comes back only as a new set.
 */
export interface DataSetWithdrawn {
  readonly type: 'DataSetWithdrawn';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly issuerId: IssuerId;
    readonly endsAt: LegalDate;
    readonly withdrawal: Evidence;
  };
}

/** One recipient was erased, on a request that the controller forwarded (Art. 17, 28(3)(e)). */
export interface RecipientErased {
  readonly type: 'RecipientErased';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly requestId: ErasureRequestId;
    readonly forwardedAt: Instant;
    readonly method: ErasureMethod;
  };
}

/** Special categories were found that no instruction declares; the controller was told (Art. 9, F8). */
export interface SpecialCategoryNoticed {
  readonly type: 'SpecialCategoryNoticed';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly categories: NonEmpty<SpecialCategory>;
    readonly noticedAt: Instant;
    readonly controllerInformedAt: Instant;
  };
}

/** Union or Member State law requires that named items be kept until a date (Art. 28(3)(g)). */
export interface RetentionLawApplied {
  readonly type: 'RetentionLawApplied';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly retentionId: RetentionId;
    readonly jurisdiction: Country;
    readonly law: Reference;
    readonly article: Reference;
    readonly items: NonEmpty<RetainedItem>;
    readonly until: LegalDate;
  };
}

/** Somebody asked for retention on grounds that are no Union or Member State law: on record, not followed (S3). */
export interface RetentionConflictRecorded {
  readonly type: 'RetentionConflictRecorded';
  readonly data: RetentionLawApplied['data'];
}

/** The law no longer requires these items. */
export interface RetentionLawLifted {
  readonly type: 'RetentionLawLifted';
  readonly data: {
    readonly contractId: ContractId;
    readonly dataSetId: DataSetId;
    readonly retentionId: RetentionId;
    readonly effectiveAt: Instant;
  };
}

export type * from './events-of-the-end';

export type DataSetEvent =
  | DataSetEntrusted
  | RecipientsAdded
  | RecipientsRemoved
  | StoreRegistered
  | ProcessingRecorded
  | DataSetRestricted
  | DataSetUnrestricted
  | DataSetWithdrawn
  | RecipientErased
  | SpecialCategoryNoticed
  | RetentionLawApplied
  | RetentionConflictRecorded
  | RetentionLawLifted
  | DataSetReturned
  | ReturnAcknowledged
  | DeletionOrdered
  | StoreErased
  | KeysDestroyed
  | DataSetDeleted;
