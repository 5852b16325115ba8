export type { Denial, Permit, PermitDetails } from './decision-index';
export { createProcessingScope } from './processing-scope';
export type { ProcessingScope, ProcessingScopeOptions } from './processing-scope';
export { processingScopeProjection } from './projection';
export type { ContractHistory, DecisionTimes, KnownEvent, ScopeState } from './state';
export type { ScopeSnapshotOptions } from './scope-snapshot';
export { eventsKnownAt, scopeAfter } from './state';
