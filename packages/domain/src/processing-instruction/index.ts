import type { Decider } from '@mandate/event-sourcing';
import type { InstructionCommand } from './commands';
import { decide } from './decide';
import type { InstructionFacts } from './decision';
import type { InstructionEvent } from './events';
import type { InstructionRejection } from './rejections';
import { evolve, initialInstruction, type ProcessingInstruction } from './state';

/** A documented instruction of the controller, as a decider. */
export const processingInstruction: Decider<
  InstructionCommand,
  ProcessingInstruction,
  InstructionEvent,
  InstructionRejection,
  InstructionFacts
> = { initialState: initialInstruction, decide, evolve };

export { instructionCommandCodecs } from './command-codec';
export type * from './commands';
export { instructionContent } from './content';
export type { Grant, InstructionContent, SpecialCategoryDeclaration } from './content';
export type { InstructionFacts } from './decision';
export { instructionEventCodec } from './event-codec';
export type * from './events';
export { explainInstructionRejection } from './rejections';
export type { ContractDimension, InstructionRejection } from './rejections';
export { contestedAt, doesCover } from './state';
export type {
  Contest,
  InstructionEnding,
  InstructionRecord,
  InstructionVersion,
  ProcessingInstruction,
} from './state';
