// One folder for each question.
export { createProcessingScope, Permit, processingScopeProjection } from './processing-scope';
export type {
  ContractHistory,
  DecisionTimes,
  Denial,
  KnownEvent,
  ProcessingScope,
  ScopeState,
} from './processing-scope';
