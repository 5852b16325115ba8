export { tryAppend } from './event-store/append-outcome';
export type { AppendOutcome } from './event-store/append-outcome';
export type { Branded, Unchecked } from './values/brand';
export { combinedEventCodec } from './codecs/combined-event-codec';
export { createAggregateMemory } from './command-handling/aggregate-memory';
export type {
  AggregateMemory,
  AggregateMemoryOptions,
  LoadedAggregate,
} from './command-handling/aggregate-memory';
export { createAggregateSnapshots } from './command-handling/aggregate-snapshots';
export type {
  AggregateSnapshots,
  AggregateSnapshotsOptions,
  SnapshotVisit,
} from './command-handling/aggregate-snapshots';
export { loadAggregate } from './command-handling/load-aggregate';
export type { LoadAggregateOptions } from './command-handling/load-aggregate';
export { createCommandHandler } from './command-handling/command-handler';
export type {
  CommandHandlerOptions,
  CommandOutcome,
  CommandRequest,
} from './command-handling/command-handler';
export { fold } from './command-handling/decider';
export type { Decider } from './command-handling/decider';
export { decodeIssuesOf, sentenceOfIssue, shapeOf } from './codecs/decode-issue';
export type { DecodeIssue } from './codecs/decode-issue';
export { decodeRecorded, eventCodec, EventEncodeError } from './codecs/event-codec';
export type {
  DomainEvent,
  EventCodec,
  EventDecodeFailure,
  EventSchema,
  EventSchemas,
  Upcaster,
} from './codecs/event-codec';
export { isWanted } from './event-store/event-filter';
export { eventIdOf, eventsToAppend } from './event-store/event-id';
export type {
  AppendResult,
  EventFilter,
  EventMetadata,
  EventStore,
  EventToAppend,
  ExpectedVersion,
  LogPage,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StoreCapabilities,
  StreamPage,
  SubscribeOptions,
  SubscriptionBatch,
  Version,
} from './event-store/event-store';
export { EventStoreError, eventStoreFailureOf, isEventStoreError } from './event-store/event-store-error';
export type { EventStoreFailure } from './event-store/event-store-error';
export { guardedCodec, isRecord, patternCodec } from './codecs/guarded-codec';
export { createInMemoryEventStore } from './event-store/in-memory-event-store';
export type { InMemoryEventStoreOptions } from './event-store/in-memory-event-store';
export { noTelemetry } from './telemetry/telemetry';
export type {
  CounterName,
  SpanName,
  Telemetry,
  TelemetryAttributes,
  TelemetrySpan,
} from './telemetry/telemetry';
export { watchedEventStore } from './telemetry/watched-event-store';
export { createInMemoryProjection } from './projections/in-memory-projection';
export type { InMemoryProjection, InMemoryProjectionOptions } from './projections/in-memory-projection';
export {
  epochMillisecondsOf,
  instantCodec,
  instantOf,
  isInstant,
  neverBefore,
  systemClock,
} from './values/instant';
export type { Clock, Instant } from './values/instant';
export { countLeading } from './values/count-leading';
export type { Json, JsonObject } from './values/json';
export { createInMemoryLeaseStore } from './leases/in-memory-lease-store';
export type { LeaseOptions } from './leases/lease-options';
export type { Lease, LeaseAnswer, LeaseClaim, LeaseStore } from './leases/lease-store';
export { pauseByTimer } from './leases/pause';
export type { Pause } from './leases/pause';
export { isOnRecordAt } from './event-store/on-record';
export { pageSizeOf, versionAfterOf } from './event-store/page-request';
export { comparePositions, placeOf, PositionError, positionOf, storeIdOf } from './event-store/position';
export type { Position, StoreId } from './event-store/position';
export { checkStreamName, defaultAppendLimits, prepareAppend } from './event-store/prepared-append';
export type { AppendLimits, PreparedAppend, PreparedEvent } from './event-store/prepared-append';
export { DeadlineLoopError, isDeadlineLoopError } from './process-managers/deadline-loop-error';
export { newProcessInstance } from './process-managers/process-instance';
export type { PendingEffect, ProcessInstance } from './process-managers/process-instance';
export type {
  EffectHandler,
  EffectOutcome,
  ProcessInput,
  ProcessManager,
  ProcessReaction,
} from './process-managers/process-manager';
export { defaultRetryPolicy } from './process-managers/process-effect-outcome';
export type { RetryPolicy } from './process-managers/process-effect-outcome';
export { InstancesSetAsideError, isInstancesSetAsideError } from './process-managers/process-set-aside';
export type { SetAsideInstance } from './process-managers/process-set-aside';
export { createProcessRunner } from './process-managers/process-runner';
export type {
  OutstandingEffect,
  ProcessRunner,
  ProcessRunnerOptions,
} from './process-managers/process-runner';
export type { AnyDocumentProjection, DocumentProjection } from './projections/document-projection';
export { defaultBackoff } from './projections/generation-failure';
export type { Backoff } from './projections/generation-failure';
export { createInMemoryProjectionStore } from './projections/in-memory-projection-store';
export type { ParkedPartition, ProjectedEvent, Projection } from './projections/projection';
export type { InlineOptions, ProjectingEventStore } from './projections/projecting-event-store';
export { createInlineProjections } from './projections/inline-projections';
export type { InlineLog, InlinePorts, InlineProjections } from './projections/inline-projections';
export { projectionStoreOn } from './projections/projection-records';
export type { ProjectionRecords, RecordAccess } from './projections/projection-records';
export { createProjectionEngine } from './projections/projection-engine';
export type { ProjectionEngine, ProjectionEngineOptions, WaitOptions } from './projections/projection-engine';
export type { ProjectionSnapshotOptions } from './projections/projection-snapshots';
export type { ProjectionStatus } from './projections/projection-status';
export type {
  Claim,
  DocumentChange,
  DocumentKey,
  Generation,
  GenerationFailure,
  GenerationId,
  GenerationStatus,
  ParkedEvent,
  ProjectionCommit,
  ProjectionStore,
  StatusChange,
  StoredDocument,
} from './projections/projection-store';
export { readWholeStream } from './event-store/read-whole-stream';
export { nonEmptyListCodec } from './codecs/non-empty-list-codec';
export { recordCodec } from './codecs/record-codec';
export { createInMemorySnapshotStore } from './snapshots/in-memory-snapshot-store';
export { eraseWithSnapshots } from './snapshots/erase-with-snapshots';
export type { StateCodec } from './snapshots/sealed-snapshot';
export type { Snapshot, SnapshotReading, SnapshotStore } from './snapshots/snapshot-store';
export { subscribeByPages } from './event-store/subscription';
export type { UntilGrown } from './event-store/subscription';
export { derivedUuid, isUuid, uuidCodec } from './values/uuid';
export type { Uuid } from './values/uuid';
