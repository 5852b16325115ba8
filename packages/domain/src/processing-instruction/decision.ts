import type { Instant } from '@mandate/event-sourcing';
import type { Either } from 'fp-ts/Either';
import type { Contract } from '../contract';
import type { InstructionEvent } from './events';
import type { InstructionRejection } from './rejections';

/** What the moment supplies to a decision about an instruction. */
export interface InstructionFacts {
  readonly now: Instant;
  /** The contract that the instruction belongs to. */
  readonly contract: Contract;
}

export type InstructionDecision = Either<InstructionRejection, readonly InstructionEvent[]>;
