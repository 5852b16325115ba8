export type { EventLog, StoredEvent } from './protocol-server/event-log';
export { failing, pausing, silence } from './protocol-server/faults';
export type { CallFault, Faults, ServerMethod, Trouble } from './protocol-server/faults';
export type { LiveSubscription } from './protocol-server/live-subscriptions';
export { startProtocolServer } from './protocol-server/protocol-server';
export type { ProtocolServer, ProtocolServerOptions } from './protocol-server/protocol-server';
export type { ServerSettings, SizeRule, SubscriptionEngine } from './protocol-server/server-state';
export { statuses } from './protocol-server/statuses';
export type { ErrorStatus } from './protocol-server/statuses';
