// One folder for each question.
export { createProcessingScope, processingScopeProjection } from './processing-scope';
export type {
  ContractHistory,
  DecisionTimes,
  KnownEvent,
  ProcessingScope,
  ScopeState,
} from './processing-scope';
