import fc from 'fast-check';
import type { CustodyOperation, ProcessingOperation, ProcessingRequest } from '../processing-decision';
import { dataCategories, specialCategories } from '../vocabulary';
import { arbitraryIds as ids } from './ids';
import { arbitraryValues as values } from './values';
import { arbitraryWords as words, someOf } from './words';

const { contractId, dataSetId } = ids;

/** Requests to process, for the purposes of the service and for those that are never granted. */
export const arbitraryProcessingOperation: fc.Arbitrary<ProcessingOperation> = fc.record(
  {
    operation: fc.constant('process' as const),
    contractId,
    dataSetId,
    purpose: fc.oneof(words.purpose, words.ownPurpose),
    categories: someOf(dataCategories),
    channel: words.channel,
    country: values.country,
    subProcessorId: ids.subProcessorId,
    special: fc.record({ categories: someOf(specialCategories), foundIn: words.dataCategory }),
  },
  {
    requiredKeys: ['operation', 'contractId', 'dataSetId', 'purpose', 'categories', 'channel', 'country'],
  },
);

/** Requests to keep, secure, return or erase. */
export const arbitraryCustodyOperation: fc.Arbitrary<CustodyOperation> = fc.record({
  operation: fc.constantFrom('store', 'secure', 'return', 'erase'),
  contractId,
  dataSetId,
});

/** Any request. It knows no history, so it is nearly always denied; `inquiries` ask better ones. */
export const arbitraryProcessingRequest: fc.Arbitrary<ProcessingRequest> = fc.oneof(
  { weight: 4, arbitrary: arbitraryProcessingOperation },
  { weight: 1, arbitrary: arbitraryCustodyOperation },
);
