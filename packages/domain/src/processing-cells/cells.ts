import type { CustodyOperation, InstructionBasis } from '../processing-decision';
import type {
  Channel,
  Country,
  DataCategory,
  DataSetId,
  Digest,
  InstructionId,
  Interval,
  Purpose,
} from '../vocabulary';

/** On what a cell rests: which clause of which version of which instruction, and the proof that it was given. */
export type CellBasis = Omit<InstructionBasis, 'kind' | 'category'>;

/**
 * The smallest part of what may be processed: one purpose, category, channel, data set and country, for as long as one
 * clause permits it without a break. No two cells share an instant in all five.
 */
export interface ProcessingCell extends CellBasis {
  readonly instructionId: InstructionId;
  readonly purpose: Purpose;
  readonly category: DataCategory;
  readonly channel: Channel;
  readonly dataSetId: DataSetId;
  readonly country: Country;
  /** Half-open. */
  readonly interval: Interval;
}

/** How long data may be stored, secured, returned or erased under the contract itself (Art. 28(3)(g), SCC 10(d)). */
export interface CustodyCell {
  readonly operation: CustodyOperation['operation'];
  readonly dataSetId: DataSetId;
  /** Half-open. */
  readonly interval: Interval;
  /** Of the signed processing terms. */
  readonly documentDigest: Digest;
}

/** What may be done under a contract, as disjoint cells. What is in none of them may not be done. */
export interface ScopeCells {
  /** By the processor itself, with content for which no special category is asked. */
  readonly processing: readonly ProcessingCell[];
  readonly custody: readonly CustodyCell[];
}
