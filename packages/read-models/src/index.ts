// One folder for each question.
export { explain, textOfExplanation } from './explained-decision';
export type { ContractBehind, EventBehind, ExplainedDecision, ExplainedDenial } from './explained-decision';
export { createProcessingScope, processingScopeProjection } from './processing-scope';
export type {
  ContractHistory,
  DecisionTimes,
  Denial,
  KnownEvent,
  Permit,
  PermitDetails,
  ProcessingScope,
  ProcessingScopeOptions,
  ScopeSnapshotOptions,
  ScopeState,
} from './processing-scope';
export { diffScope, replay, scopeCellsAt, timelineOf } from './audit-trail';
export type {
  ReplayedEvent,
  ReplayOptions,
  ReplayOutcome,
  ReplayProgress,
  ScopeCells,
  ScopeChange,
  ScopeMoment,
  TimelineEntry,
  UnreadableEvent,
} from './audit-trail';
