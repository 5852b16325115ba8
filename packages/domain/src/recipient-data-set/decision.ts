import type { Instant } from '@mandate/event-sourcing';
import type { Either } from 'fp-ts/Either';
import type { Contract } from '../contract';
import type { DataSetEvent } from './events';
import type { DataSetRejection } from './rejections';

/** What the moment supplies to a decision about a data set. */
export interface DataSetFacts {
  readonly now: Instant;
  /** The contract that the data set belongs to. */
  readonly contract: Contract;
}

export type DataSetDecision = Either<DataSetRejection, readonly DataSetEvent[]>;
