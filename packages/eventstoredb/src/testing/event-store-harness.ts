import { EventStoreDBClient } from '@eventstore/db-client';
import { epochMillisecondsOf, type EventStore, type Uuid } from '@mandate/event-sourcing';
import type { CreateEventStoreHarness } from '@mandate/event-sourcing/testing';
import { openEventStoreDb } from '../event-store-db';
import type { EventStoreDbOptions } from '../event-store-db-options';
import { startProtocolServer, type ProtocolServerOptions } from './protocol-server/protocol-server';
import { withUniqueEventIds } from './with-unique-event-ids';

/** Opens stores on one protocol server, each over a client of its own. */
export const protocolServerHarness =
  (
    serverOptions: ProtocolServerOptions = {},
    storeOptions: Partial<EventStoreDbOptions> = {},
  ): CreateEventStoreHarness =>
  async (clock) => {
    const server = await startProtocolServer({ nowMs: () => epochMillisecondsOf(clock()), ...serverOptions });
    const clients: EventStoreDBClient[] = [];
    const open = async (): Promise<EventStore> => {
      const client = EventStoreDBClient.connectionString(server.connectionString());
      clients.push(client);
      return openEventStoreDb({ client, credentials: 'insecure', ...storeOptions });
    };
    return {
      open,
      dispose: async () => {
        for (const client of clients) await client.dispose();
        server.stop();
      },
    };
  };

/** Opens stores on a server that runs elsewhere, at `esdb://…`; what tests leave there stays there. */
export const realServerHarness =
  (connectionString: string): CreateEventStoreHarness =>
  async () => {
    await Promise.resolve();
    const clients: EventStoreDBClient[] = [];
    const { username, password } = new URL(connectionString);
    const isInsecure = /[?&]tls=false\b/i.test(connectionString);
    return {
      open: () => {
        const client = EventStoreDBClient.connectionString(connectionString);
        clients.push(client);
        const credentials = isInsecure
          ? 'insecure'
          : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
        return openEventStoreDb({ client, credentials });
      },
      dispose: async () => {
        for (const client of clients) await client.dispose();
      },
    };
  };

/** Stores on one protocol server with ids compared for it, over all handles of one store. */
export const uniqueIdsHarness =
  (serverOptions: ProtocolServerOptions = {}): CreateEventStoreHarness =>
  async (clock) => {
    const harness = await protocolServerHarness(serverOptions)(clock);
    const places = new Map<Uuid, { readonly stream: string; readonly version: number }>();
    return { ...harness, open: async () => withUniqueEventIds(await harness.open(), places) };
  };
