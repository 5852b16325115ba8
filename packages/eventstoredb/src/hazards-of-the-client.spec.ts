import { describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEventStoreDb } from './event-store-db';
import { withoutCancelling, withoutCredentials, withoutExpectedRevision } from './testing/planted-mistakes';
import { silence } from './testing/protocol-server/faults';
import { newEvent, newEvents } from './testing/new-events';
import { withStore, type StoreOnServerOptions } from './testing/store-on-server';

/** Whether a promise is settled soon. */
const isSettled = async (promise: Promise<unknown>, patienceMs = 500): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    pause(patienceMs, false),
  ]);

describe('an append goes as a call of its own', () => {
  /** How many appends the server saw arrive over the stream that a whole process shares. */
  const sharedAppends = async (wrap?: StoreOnServerOptions['wrap']): Promise<number> => {
    let shared = 0;
    await withStore(wrap ? { wrap } : {}, async ({ server, store }) => {
      server.faults.decide = (method) => {
        if (method === 'batch-append') shared += 1;
        return undefined;
      };
      await store.append('order-1', 'no-stream', newEvents(1));
    });
    return shared;
  };

  it('because credentials are given with it', async () => {
    expect(await sharedAppends()).toBe(0);
  });

  it('or else would share a stream with every other append of the process', async () => {
    expect(await sharedAppends(withoutCredentials)).toBeGreaterThan(0);
  });
});

describe('what a server can do', () => {
  /** Opens a store on a server that did not answer once when it was asked what it can do, and appends. */
  const appendAfterSilence = async (wrap?: StoreOnServerOptions['wrap']): Promise<number> => {
    let version = 0;
    const options: StoreOnServerOptions = {
      store: { attemptMs: 100, deadlineMs: 400 },
      prepare: ({ faults }) => {
        faults.plan('features', { before: silence });
      },
      ...(wrap && { wrap }),
    };
    await withStore(options, async ({ store }) => {
      version = (await store.append('order-1', 'no-stream', newEvents(1))).version;
    });
    return version;
  };

  it('is not asked for, so that silence on it stops no append', async () => {
    expect(await appendAfterSilence()).toBe(1);
  });

  it('would stop every append for ever if it were asked for once in vain', async () => {
    await expect(appendAfterSilence(withoutCredentials)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the expected version reaches the client under the name it knows', () => {
  const secondAtTheSameVersion = async (wrap?: StoreOnServerOptions['wrap']): Promise<string> => {
    let outcome = '';
    await withStore(wrap ? { wrap } : {}, async ({ store }) => {
      await store.append('order-1', 'no-stream', newEvents(1));
      outcome = await store.append('order-1', 'no-stream', newEvents(1)).then(
        () => 'written',
        (error: unknown) => (error as { code: string }).code,
      );
    });
    return outcome;
  };

  it('so that a second append at a version is a conflict', async () => {
    expect(await secondAtTheSameVersion()).toBe('version-conflict');
  });

  it('while under another name it would be written anywhere', async () => {
    expect(await secondAtTheSameVersion(withoutExpectedRevision)).toBe('written');
  });
});

describe('the reads of a client', () => {
  const stillOpen = (client: EventStoreDBClient): number =>
    (client as unknown as { readonly disposableStreams: ReadonlySet<unknown> }).disposableStreams.size;

  const until = async (isSo: () => boolean): Promise<boolean> => {
    for (let waits = 0; waits < 100 && !isSo(); waits += 1) await pause(10);
    return isSo();
  };

  it('are all over after pages of every size, so that it can be disposed of', async () => {
    await withStore({}, async ({ store, client }) => {
      const filter = { types: ['SomethingHappened'] };
      await store.append('order-1', 'no-stream', newEvents(40));
      for (let limit = 1; limit <= 40; limit += 1) {
        await store.readAll({ limit });
        await store.readAll({ limit, filter });
        await store.readStream('order-1', { limit });
      }
      expect(await until(() => stillOpen(client) === 0)).toBe(true);
      expect(await isSettled(client.dispose())).toBe(true);
    });
  });

  it('would hold it for ever if a loop over one were left at the wrong moment', async () => {
    await withStore({}, async ({ server, store, client }) => {
      await store.append('order-1', 'no-stream', newEvents(2));
      for await (const _ of client.readAll()) break;
      // The rest arrives meanwhile, and is nobody's to read.
      await pause(100);
      expect(await isSettled(client.dispose())).toBe(false);
      server.stop();
    });
  });

  const openAfterSilence = async (wrap?: StoreOnServerOptions['wrap']): Promise<number> => {
    let open = -1;
    const options = { store: { attemptMs: 50, deadlineMs: 120 }, ...(wrap && { wrap }) };
    await withStore(options, async ({ server, store, client }) => {
      server.faults.decide = () => ({ before: silence });
      await expect(store.readAll()).rejects.toMatchObject({ code: 'unavailable' });
      await until(() => stillOpen(client) === 0);
      open = stillOpen(client);
    });
    return open;
  };

  it('are cancelled when they are not answered', async () => {
    expect(await openAfterSilence()).toBe(0);
  });

  it('would stay open otherwise', async () => {
    expect(await openAfterSilence(withoutCancelling)).toBeGreaterThan(0);
  });

  it('are read to their ends also when an event cannot be read', async () => {
    await withStore({}, async ({ store, client }) => {
      const strange = Array.from({ length: 5 }, () => jsonEvent({ type: 'Strange', data: {} }));
      await client.appendToStream('order-1', strange, { credentials: { username: 'nobody', password: '' } });
      await expect(store.readAll()).rejects.toMatchObject({ code: 'corrupt' });
      await expect(store.readStream('order-1')).rejects.toMatchObject({ code: 'corrupt' });
      expect(await until(() => stillOpen(client) === 0)).toBe(true);
    });
  });
});

describe('a client that does not throw on append failure', () => {
  it('is refused, since it reports conflicts as successes', async () => {
    const client = EventStoreDBClient.connectionString(
      'esdb://127.0.0.1:1?tls=false&throwOnAppendFailure=false',
    );
    await expect(openEventStoreDb({ client, credentials: 'insecure' })).rejects.toThrow(RangeError);
  });
});

describe('what the client would write out when it is too late to refuse', () => {
  it.each([
    ['a BigInt', { amount: 1n }],
    ['a cycle', Object.assign({}, { self: {} })],
  ])('is refused before the client sees it: %s', async (_, data: Record<string, unknown>) => {
    if ('self' in data) data['self'] = data;
    await withStore({}, async ({ server, store }) => {
      const before = server.log.events.length;
      const event = newEvent({ data: data as never });
      await expect(store.append('order-1', 'no-stream', [event])).rejects.toMatchObject({
        code: 'invalid-append',
      });
      expect(server.log.events.length).toBe(before);
    });
  });

  it('is a copy, so that what the caller does later changes nothing', async () => {
    await withStore({}, async ({ store }) => {
      const data = { list: ['given'] };
      const appending = store.append('order-1', 'no-stream', [newEvent({ data })]);
      Object.assign(data, { list: 1n });
      await appending;
      expect((await store.readStream('order-1')).events[0]?.data).toEqual({ list: ['given'] });
    });
  });
});

describe('the sources of the adapter', () => {
  const sources = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'testing' ? [] : sources(path);
      return entry.name.endsWith('.spec.ts') ? [] : [path];
    });

  it('import no client: two of them in one process break each other', () => {
    const texts = sources(__dirname).map((file) => readFileSync(file, 'utf8'));
    expect(texts.length).toBeGreaterThan(15);
    expect(texts.filter((text) => /from '(?:@eventstore|@kurrent|@grpc)\//.test(text))).toEqual([]);
  });
});
