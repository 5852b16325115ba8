export { diffScope } from './diff-scope';
export type { ScopeChange, ScopeMoment } from './diff-scope';
export { replay } from './replay';
export type { ReplayedEvent, ReplayOptions, ReplayOutcome, ReplayProgress, UnreadableEvent } from './replay';
export { scopeCellsAt } from './scope-cells';
export type { ScopeCells } from './scope-cells';
export { timelineOf } from './timeline';
export type { TimelineEntry } from './timeline';
