import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { appendCallOn } from './append-call';
import { batchAppendCallOn } from './batch-append-call';
import { deleteCallOn, tombstoneCallOn } from './delete-call';
import { createEventLog, type EventLog } from './event-log';
import { createFaults, type Faults } from './faults';
import { featuresCallOn } from './features-call';
import { createIdCache } from './id-cache';
import { createLiveSubscriptions, type LiveSubscription } from './live-subscriptions';
import { serveRead } from './read-call';
import type { ServerSettings, ServerState } from './server-state';
import { streamsOf } from './streams';
import { serveSubscription } from './subscription-call';
import type { ReadCall } from './writing';

export interface ProtocolServerOptions extends Partial<ServerSettings> {
  /** The time that events are dated with. Default: that of the machine. */
  readonly nowMs?: () => number;
}

/** A server that speaks the protocol of EventStoreDB over gRPC, keeps everything in memory, and fails on demand. */
export interface ProtocolServer {
  readonly connectionString: () => string;
  readonly port: () => number;
  readonly log: EventLog;
  readonly faults: Faults;
  readonly subscriptions: () => readonly LiveSubscription[];
  readonly subscriptionsStarted: () => number;
  /** Forgets which event ids the leader has seen, as a restart or a new leader does. */
  readonly forgetIds: () => void;
  /** Drops every connection and listens again at the same port; the log stays, the remembered ids do not. */
  readonly restart: () => Promise<void>;
  /** Drops every connection and does not listen any more. */
  readonly stop: () => void;
  /** Listens again after `stop`. */
  readonly resume: () => Promise<void>;
}

const defaults: ServerSettings = {
  engine: '24.x',
  appendBytesMax: 1_048_576,
  sizeRule: 'data-metadata-type',
  liveEventsMax: 32,
  hasNowhereCheckpoints: false,
  tellsPositionOfRepetition: true,
  offersBatchAppend: true,
};

const servicesOn = (state: ServerState): Server => {
  const read = (call: ReadCall): void => {
    const options = call.request.getOptions() ?? new ReadReq.Options();
    const serving = options.hasSubscription()
      ? serveSubscription(call, state, options)
      : serveRead(call, state, options);
    serving.catch((error: unknown) => call.emit('error', error));
  };
  const streams: UntypedServiceImplementation = {
    read,
    append: appendCallOn(state),
    batchAppend: batchAppendCallOn(state),
    delete: deleteCallOn(state),
    tombstone: tombstoneCallOn(state),
  };
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(StreamsService, streams);
  server.addService(ServerFeaturesService, { getSupportedMethods: featuresCallOn(state) });
  return server;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });

/** Starts a server at a free port of this machine. */
export const startProtocolServer = async ({
  nowMs = Date.now,
  ...settings
}: ProtocolServerOptions = {}): Promise<ProtocolServer> => {
  const log = createEventLog(nowMs);
  const state: ServerState = {
    settings: { ...defaults, ...settings },
    log,
    streams: streamsOf(log, nowMs),
    ids: createIdCache(),
    faults: createFaults(),
    subscriptions: createLiveSubscriptions(),
  };
  let server = servicesOn(state);
  const port = await listen(server, 0);
  const stop = (): void => {
    server.forceShutdown();
    state.ids.forget();
  };
  const resume = async (): Promise<void> => {
    server = servicesOn(state);
    await listen(server, port);
  };
  return {
    connectionString: () => `esdb://127.0.0.1:${port}?tls=false`,
    port: () => port,
    log,
    faults: state.faults,
    subscriptions: state.subscriptions.all,
    subscriptionsStarted: state.subscriptions.startedCount,
    forgetIds: state.ids.forget,
    restart: async () => {
      stop();
      await resume();
    },
    stop,
    resume,
  };
};
