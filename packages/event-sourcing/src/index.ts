export { tryAppend } from './append-outcome';
export type { AppendOutcome } from './append-outcome';
export type { Branded, Unchecked } from './brand';
export { combinedEventCodec } from './combined-event-codec';
export { createCommandHandler } from './command-handler';
export type { CommandHandlerOptions, CommandOutcome, CommandRequest } from './command-handler';
export { fold } from './decider';
export type { Decider } from './decider';
export { decodeIssuesOf, sentenceOfIssue, shapeOf } from './decode-issue';
export type { DecodeIssue } from './decode-issue';
export { decodeRecorded, eventCodec, EventEncodeError } from './event-codec';
export type {
  DomainEvent,
  EventCodec,
  EventDecodeFailure,
  EventSchema,
  EventSchemas,
  Upcaster,
} from './event-codec';
export { isWanted } from './event-filter';
export { eventIdOf, eventsToAppend } from './event-id';
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
} from './event-store';
export { EventStoreError, eventStoreFailureOf, isEventStoreError } from './event-store-error';
export type { EventStoreFailure } from './event-store-error';
export { guardedCodec, isRecord, patternCodec } from './guarded-codec';
export { createInMemoryEventStore } from './in-memory-event-store';
export type { InMemoryEventStoreOptions } from './in-memory-event-store';
export { createInMemoryProjection } from './in-memory-projection';
export type { InMemoryProjection } from './in-memory-projection';
export { epochMillisecondsOf, instantCodec, instantOf, isInstant, neverBefore, systemClock } from './instant';
export type { Clock, Instant } from './instant';
export type { Json, JsonObject } from './json';
export { pageSizeOf, versionAfterOf } from './page-request';
export { comparePositions, placeOf, PositionError, positionOf, storeIdOf } from './position';
export type { Position, StoreId } from './position';
export { checkStreamName, defaultAppendLimits, prepareAppend } from './prepared-append';
export type { AppendLimits, PreparedAppend, PreparedEvent } from './prepared-append';
export { DeadlineLoopError, isDeadlineLoopError } from './deadline-loop-error';
export { newProcessInstance } from './process-instance';
export type { PendingEffect, ProcessInstance } from './process-instance';
export type {
  EffectHandler,
  EffectOutcome,
  ProcessInput,
  ProcessManager,
  ProcessReaction,
} from './process-manager';
export { defaultRetryPolicy } from './process-effect-outcome';
export type { RetryPolicy } from './process-effect-outcome';
export { InstancesSetAsideError, isInstancesSetAsideError } from './process-set-aside';
export type { SetAsideInstance } from './process-set-aside';
export { createProcessRunner } from './process-runner';
export type { OutstandingEffect, ProcessRunner, ProcessRunnerOptions } from './process-runner';
export type { ParkedPartition, ProjectedEvent, Projection } from './projection';
export { readWholeStream } from './read-whole-stream';
export { recordCodec } from './record-codec';
export { subscribeByPages } from './subscription';
export type { UntilGrown } from './subscription';
export { derivedUuid, isUuid, uuidCodec } from './uuid';
export type { Uuid } from './uuid';
