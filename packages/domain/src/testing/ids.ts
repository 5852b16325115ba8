import fc from 'fast-check';
import type {
  BatchId,
  CertificateId,
  ContractId,
  ControllerId,
  DataSetId,
  ErasureRequestId,
  InstructionId,
  IssuerId,
  PermitId,
  ProcessorId,
  RetentionId,
  SubProcessorId,
} from '../vocabulary';

/** Every kind of id. */
export interface Ids {
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly processorId: ProcessorId;
  readonly issuerId: IssuerId;
  readonly instructionId: InstructionId;
  readonly dataSetId: DataSetId;
  readonly subProcessorId: SubProcessorId;
  readonly permitId: PermitId;
  readonly erasureRequestId: ErasureRequestId;
  readonly retentionId: RetentionId;
  readonly batchId: BatchId;
  readonly certificateId: CertificateId;
}

/** The first digits tell a reader of a counterexample what kind of thing an id stands for. */
const kinds: Readonly<Record<keyof Ids, string>> = {
  contractId: 'c0000000',
  controllerId: 'ca000000',
  processorId: 'b0000000',
  issuerId: '15500000',
  instructionId: '1a000000',
  dataSetId: 'da7a5e70',
  subProcessorId: '5b000000',
  permitId: '9e000000',
  erasureRequestId: 'e0000000',
  retentionId: '4e700000',
  batchId: 'ba7c0000',
  certificateId: 'ce470000',
};

const nthOf =
  <Name extends keyof Ids>(name: Name) =>
  (number: number): Ids[Name] =>
    `${kinds[name]}-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as Ids[Name];

type ForEachId<Form extends 'maker' | 'arbitrary'> = {
  readonly [Name in keyof Ids]: Form extends 'maker'
    ? (number: number) => Ids[Name]
    : fc.Arbitrary<Ids[Name]>;
};

const names = Object.keys(kinds) as readonly (keyof Ids)[];

/** The id with a number, of each kind: `nth.contractId(1)`. The same number is always the same id. */
export const nth = Object.fromEntries(names.map((name) => [name, nthOf(name)])) as ForEachId<'maker'>;

const arbitraryIdOf = <Name extends keyof Ids>(name: Name): fc.Arbitrary<Ids[Name]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }).map(nthOf(name)) },
    { weight: 1, arbitrary: fc.uuid().map((uuid) => uuid as Ids[Name]) },
  );

/** Ids of each kind, mostly few and readable ones, so that two of them are often the same. */
export const arbitraryIds = Object.fromEntries(
  names.map((name) => [name, arbitraryIdOf(name)]),
) as ForEachId<'arbitrary'>;
