import { recordCodec } from '@mandate/event-sourcing';
import * as t from 'io-ts';
import {
  channel,
  contractId,
  country,
  dataCategory,
  dataSetId,
  nonEmpty,
  ownPurpose,
  purpose,
  specialCategory,
  subProcessorId,
  type Channel,
  type ContractId,
  type Country,
  type DataCategory,
  type DataSetId,
  type NonEmpty,
  type OwnPurpose,
  type Purpose,
  type SpecialCategory,
  type SubProcessorId,
} from '../vocabulary';

/** Something is about to be done with recipients' data in order to deliver the service. */
export interface ProcessingOperation {
  readonly operation: 'process';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  /** A purpose of the processor's own can be asked for, so that the answer can name why it is denied. */
  readonly purpose: Purpose | OwnPurpose;
  readonly categories: NonEmpty<DataCategory>;
  readonly channel: Channel;
  /** Where it takes place. */
  readonly country: Country;
  /** Who carries it out, when it is not the processor itself. */
  readonly subProcessorId?: SubProcessorId;
  /** Special categories in the data, and in which category of data they are. */
  readonly special?: { readonly categories: NonEmpty<SpecialCategory>; readonly foundIn: DataCategory };
}

/** Data is kept, secured, given back or erased. */
export interface CustodyOperation {
  readonly operation: 'store' | 'secure' | 'return' | 'erase';
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
}

export type ProcessingRequest = ProcessingOperation | CustodyOperation;

const processingOperation: t.Type<ProcessingOperation, unknown> = recordCodec<ProcessingOperation>(
  'a request to process',
  {
    operation: t.literal('process'),
    contractId,
    dataSetId,
    purpose: t.union([purpose, ownPurpose]),
    categories: nonEmpty(dataCategory),
    channel,
    country,
  },
  {
    subProcessorId,
    special: recordCodec<NonNullable<ProcessingOperation['special']>>('special categories', {
      categories: nonEmpty(specialCategory),
      foundIn: dataCategory,
    }),
  },
);

const custodyOperation: t.Type<CustodyOperation, unknown> = recordCodec<CustodyOperation>(
  'a request of custody',
  {
    operation: t.union([t.literal('store'), t.literal('secure'), t.literal('return'), t.literal('erase')]),
    contractId,
    dataSetId,
  },
);

const isProcessing = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'operation' in input && input.operation === 'process';

/** Decodes a request; one that cannot be understood is not a request, and so is never allowed. */
export const processingRequest: t.Type<ProcessingRequest, unknown> = new t.Type<ProcessingRequest, unknown>(
  'a processing request',
  (value): value is ProcessingRequest => processingOperation.is(value) || custodyOperation.is(value),
  // Not a plain union: what is wrong with a request to process is not that it is no request to store.
  (input, context) =>
    isProcessing(input)
      ? processingOperation.validate(input, context)
      : custodyOperation.validate(input, context),
  (request) => request,
);
