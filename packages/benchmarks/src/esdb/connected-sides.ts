import { EventStoreDBClient, jsonEvent, type EventData } from '@eventstore/db-client';
import type { EventStore, EventToAppend } from '@mandate/event-sourcing';
import { openEventStoreDb } from '@mandate/eventstoredb';
import { startServerForBench } from './server-for-bench';

type Credentials = { readonly username: string; readonly password: string };

/** This library and the bare client, each over a connection of its own to the same server. */
export interface ConnectedSides {
  readonly store: EventStore;
  readonly client: EventStoreDBClient;
  /** What the bare client passes along, so that its appends go as calls of their own, too. */
  readonly credentials: Credentials;
  readonly close: () => Promise<void>;
}

/** Where to measure: on the protocol server always, and on the one of `MANDATE_EVENTSTOREDB` if that is set. */
export const serversToMeasure = (): readonly (readonly [
  name: string,
  connectionString: string | undefined,
])[] => {
  const real = process.env['MANDATE_EVENTSTOREDB'];
  return [['protocol server', undefined], ...(real === undefined ? [] : [['real server', real] as const])];
};

const credentialsIn = (connectionString: string): Credentials => {
  const { username, password } = new URL(connectionString);
  return {
    username: decodeURIComponent(username) || 'nobody',
    password: decodeURIComponent(password) || 'nobody',
  };
};

export const connectSides = async (connectionString: string | undefined): Promise<ConnectedSides> => {
  const server = connectionString === undefined ? await startServerForBench() : undefined;
  const address = connectionString ?? server?.connectionString ?? '';
  const [ours, client] = [
    EventStoreDBClient.connectionString(address),
    EventStoreDBClient.connectionString(address),
  ];
  const credentials = credentialsIn(address);
  const store = await openEventStoreDb({ client: ours, credentials });
  return {
    store,
    client,
    credentials,
    close: async () => {
      await store.close();
      await ours.dispose();
      await client.dispose();
      await server?.close();
    },
  };
};

/** The same event for the bare client. */
export const bareEventOf = ({ eventId, type, data, metadata, schemaVersion }: EventToAppend): EventData =>
  jsonEvent({ id: eventId, type, data: { ...data }, metadata: { ...metadata, schemaVersion } });

/** How many events streams with a beginning hold, by a reader that is neither side. */
export const countEventsOf = async (client: EventStoreDBClient, streamPrefix: string): Promise<number> => {
  let count = 0;
  for await (const { event } of client.readAll()) if (event?.streamId.startsWith(streamPrefix)) count += 1;
  return count;
};
