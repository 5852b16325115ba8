export { cureOfDenial } from './cures';
export type { ExplanationLanguage } from './cures';
export type { InstructionBasis } from './coverage';
export { decide } from './decide';
export type { ContractBasis, ProcessingDecision } from './decide';
export { explainDenial } from './explain-denial';
export type { DenialCode, DenialReason, InstructionObstacle, RequestDimension } from './reasons';
export { processingRequest } from './request';
export type { CustodyOperation, ProcessingOperation, ProcessingRequest } from './request';
