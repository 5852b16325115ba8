import type { EventStoreDBClient } from '@eventstore/db-client';
import type { ClientAppendOptions, ClientRead, EventStoreDbClient } from '../client';

const changed = (client: EventStoreDBClient, changes: Partial<EventStoreDbClient>): EventStoreDbClient => ({
  appendToStream: (stream, events, options) => client.appendToStream(stream, events, options),
  readStream: (stream, options) => client.readStream(stream, options),
  readAll: (options) => client.readAll(options),
  subscribeToAll: (options) => client.subscribeToAll(options),
  ...changes,
});

const without =
  (name: keyof ClientAppendOptions) =>
  (client: EventStoreDBClient): EventStoreDbClient =>
    changed(client, {
      appendToStream: (stream, events, options) => {
        const { [name]: _left, ...rest } = options;
        return client.appendToStream(stream, events, rest);
      },
    });

/** An adapter that leaves appends to the client's own choice of a way. */
export const withoutCredentials = without('credentials');

/** An adapter that names the revision as the other package does. */
export const withoutExpectedRevision = without('expectedRevision');

const uncancelled = (read: ClientRead): ClientRead => ({
  [Symbol.asyncIterator]: () => read[Symbol.asyncIterator](),
  on: (name, listener) => read.on?.(name, listener),
});

/** An adapter that leaves the loop over a read, and that is all. */
export const withoutCancelling = (client: EventStoreDBClient): EventStoreDbClient =>
  changed(client, {
    readStream: (stream, options) => uncancelled(client.readStream(stream, options)),
    readAll: (options) => uncancelled(client.readAll(options)),
  });
