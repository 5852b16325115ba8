import type { handleUnaryCall } from '@grpc/grpc-js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { consequenceOf } from './faults';
import type { ServerState, SubscriptionEngine } from './server-state';

const versions: Readonly<Record<SubscriptionEngine, string>> = { '23.10': '23.10.6', '24.x': '24.10.4' };

/** What the server says it can do; a client asks before its first append, unless it has no need to know. */
export const featuresCallOn =
  (state: ServerState): handleUnaryCall<Empty, SupportedMethods> =>
  (_call, respond) => {
    const serve = async (): Promise<void> => {
      const first = await consequenceOf(state.faults.next('features').before);
      if (first === 'say-nothing') return;
      if (first !== 'go-on') {
        respond(first);
        return;
      }
      const { engine, offersBatchAppend } = state.settings;
      const methods = [
        'append',
        'read',
        'delete',
        'tombstone',
        ...(offersBatchAppend ? ['batchappend'] : []),
      ];
      const message = new SupportedMethods().setEventStoreServerVersion(versions[engine]);
      for (const name of methods) {
        message.addMethods(
          new SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
        );
      }
      respond(null, message);
    };
    void serve();
  };
