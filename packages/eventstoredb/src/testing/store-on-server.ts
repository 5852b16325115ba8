import { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStore } from '@mandate/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDbClient } from '../client';
import { openEventStoreDb } from '../event-store-db';
import type { EventStoreDbOptions } from '../event-store-db-options';
import {
  startProtocolServer,
  type ProtocolServer,
  type ProtocolServerOptions,
} from './protocol-server/protocol-server';

export interface StoreOnServer {
  readonly server: ProtocolServer;
  /** The client of the store, as it is. */
  readonly client: EventStoreDBClient;
  readonly store: EventStore;
  /** A further store on the same server, over a client of its own. */
  readonly open: (options?: Partial<EventStoreDbOptions>) => Promise<EventStore>;
}

export interface StoreOnServerOptions {
  readonly server?: ProtocolServerOptions;
  readonly store?: Partial<EventStoreDbOptions>;
  /** What stands between the store and its client: a planted mistake. */
  readonly wrap?: (client: EventStoreDBClient) => EventStoreDbClient;
  /** What is done with the server before the first store is opened on it. */
  readonly prepare?: (server: ProtocolServer) => void;
}

/** A client that a planted mistake keeps from ending is not waited for. */
const disposeOf = async (client: EventStoreDBClient): Promise<void> => {
  await Promise.race([client.dispose(), pause(200, undefined, { ref: false })]);
};

/** Does something with a store on a server of its own, and cleans up whatever comes of it. */
export const withStore = async (
  options: StoreOnServerOptions,
  body: (given: StoreOnServer) => Promise<void>,
): Promise<void> => {
  const server = await startProtocolServer(options.server);
  options.prepare?.(server);
  const clients: EventStoreDBClient[] = [];
  const stores: EventStore[] = [];
  const openOn = async (
    client: EventStoreDBClient,
    storeOptions: Partial<EventStoreDbOptions> = {},
  ): Promise<EventStore> => {
    clients.push(client);
    const wrapped = options.wrap?.(client) ?? client;
    const store = await openEventStoreDb({
      client: wrapped,
      credentials: 'insecure',
      ...options.store,
      ...storeOptions,
    });
    stores.push(store);
    return store;
  };
  const newClient = (): EventStoreDBClient => EventStoreDBClient.connectionString(server.connectionString());
  try {
    const client = newClient();
    const store = await openOn(client);
    await body({ server, client, store, open: (more) => openOn(newClient(), more) });
  } finally {
    for (const store of stores) await store.close();
    server.stop();
    for (const client of clients) await disposeOf(client);
  }
};
