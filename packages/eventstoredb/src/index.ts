export type {
  CheckpointReached,
  ClientAppendOptions,
  ClientAppendResult,
  ClientCallOptions,
  ClientEventData,
  ClientFilter,
  ClientFilterExpression,
  ClientRead,
  ClientReadOptions,
  ClientRecordedEvent,
  ClientResolvedEvent,
  ClientSubscription,
  Credentials,
  EventStoreDbClient,
  LogPlace,
} from './client';
export { openEventStoreDb, renewEventStoreDbStoreId } from './event-store-db';
export type { EventStoreDbOptions } from './event-store-db-options';
export type { SubscriptionDrop } from './subscription/subscription';
export { copyHistory } from './copy/copy-history';
export type { CopyHistoryOptions } from './copy/copy-history';
export { historyDigestOf } from './copy/history-lines';
export type { HistoryDigest } from './copy/history-lines';
export { HistoryMismatchError, isHistoryMismatchError } from './copy/history-mismatch-error';
