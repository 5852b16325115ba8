import { patternCodec, uuidCodec, type Branded } from '@mandate/event-sourcing';

// Ids are UUIDs because a UUID cannot be somebody's name or address: events hold ids, never people.

/** One framework agreement with its data processing terms. A new contract is always a new id. */
export type ContractId = Branded<'ContractId'>;
/** The customer, as a party: an opaque id, its name stays outside the history. */
export type ControllerId = Branded<'ControllerId'>;
/** The platform, as a party. */
export type ProcessorId = Branded<'ProcessorId'>;
/** A person or system that may instruct on the controller's behalf; the profile stays outside the history. */
export type IssuerId = Branded<'IssuerId'>;
/** One documented instruction of the controller (GDPR Art. 28(3)(a)). */
export type InstructionId = Branded<'InstructionId'>;
/** The recipients' data entrusted under one contract as one unit. */
export type DataSetId = Branded<'DataSetId'>;
/** Another processor that the platform engages (GDPR Art. 28(2) and (4)). */
export type SubProcessorId = Branded<'SubProcessorId'>;
/** A permission that a decision gave, as it is cited when processing is recorded. */
export type PermitId = Branded<'PermitId'>;
/** One request of a data subject that the controller forwarded. */
export type ErasureRequestId = Branded<'ErasureRequestId'>;
/** One application of a law that requires storage. */
export type RetentionId = Branded<'RetentionId'>;
/** One recorded batch of processing. */
export type BatchId = Branded<'BatchId'>;
/** One deletion certificate. */
export type CertificateId = Branded<'CertificateId'>;

/** A place that holds entrusted data, by the name the platform gave the system: `message-archive`. */
export type StoreName = Branded<'StoreName'>;
/** A numbered part of an instruction: `1`, `2.b`. */
export type Clause = Branded<'Clause'>;

export const contractId = uuidCodec<ContractId>('contract id');
export const controllerId = uuidCodec<ControllerId>('controller id');
export const processorId = uuidCodec<ProcessorId>('processor id');
export const issuerId = uuidCodec<IssuerId>('issuer id');
export const instructionId = uuidCodec<InstructionId>('instruction id');
export const dataSetId = uuidCodec<DataSetId>('data set id');
export const subProcessorId = uuidCodec<SubProcessorId>('sub-processor id');
export const permitId = uuidCodec<PermitId>('permit id');
export const erasureRequestId = uuidCodec<ErasureRequestId>('erasure request id');
export const retentionId = uuidCodec<RetentionId>('retention id');
export const batchId = uuidCodec<BatchId>('batch id');
export const certificateId = uuidCodec<CertificateId>('certificate id');

export const storeName = patternCodec<StoreName>(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  'the name of a system in lower case (like message-archive)',
);
export const clause = patternCodec<Clause>(
  /^\d{1,3}(?:\.[0-9a-z]{1,3}){0,4}$/,
  'the number of a clause (like 2.b)',
);
