// A contract between controller and processor, the instructions under it, the data entrusted with it, and what
// follows for every operation. Read it in that order.
export * from './contract';
export * from './processing-instruction';
export * from './recipient-data-set';
export * from './processing-scope';
export { decide as decideProcessing } from './processing-decision';
export { cureOfDenial, explainDenial, processingRequest } from './processing-decision';
export type {
  ContractBasis,
  CustodyOperation,
  DenialCode,
  DenialReason,
  ExplanationLanguage,
  InstructionBasis,
  InstructionObstacle,
  ProcessingDecision,
  ProcessingOperation,
  ProcessingRequest,
  RequestDimension,
} from './processing-decision';
export * from './processing-cells';
export type { CommandCodecs } from './command-codecs';
export type { MandateEvent } from './event';
export { contractStream, dataSetStream, instructionStream, mandateEventCodec, streamOf } from './streams';
export type { Explanation } from './explanation';
export * from './vocabulary';
