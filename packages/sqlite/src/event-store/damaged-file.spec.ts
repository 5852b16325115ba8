import { open as openFile, truncate } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { newEvent } from '../testing/events';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let file: string;
let store: EventStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
  store = await openSqliteEventStore({ file });
  await store.append('some-stream', 'no-stream', [
    newEvent({ n: 1 }),
    newEvent({ n: 2 }),
    newEvent({ n: 3 }),
  ]);
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

/** What somebody does to the file behind the back of the store. */
const tamper = (sql: string): void => {
  const database = openSqliteDatabase(file);
  database.exec(sql);
  database.close();
};

const corruptAt = (version: number, reason: string): unknown => ({
  failure: {
    kind: 'corrupt',
    position: `${store.storeId}:${version}`,
    stream: 'some-stream',
    type: 'SomethingHappened',
    reason: expect.stringContaining(reason),
  },
});

describe('an event store whose rows were changed from outside', () => {
  it.each([
    ["data = '{not json'", 'data'],
    ["data = '[1]'", 'data'],
    ["data = 'null'", 'data'],
    ["metadata = ''", 'metadata'],
    ["metadata = '{}'", 'metadata'],
    [`metadata = json_set(metadata, '$.commandId', 'one')`, 'metadata'],
    [`metadata = json_remove(metadata, '$.actor')`, 'metadata'],
    ["event_id = 'one'", 'event id'],
    ["recorded_at = 'yesterday'", 'time of recording'],
  ])('refuses to read %s and says where it is', async (change, reason) => {
    tamper(`UPDATE event SET ${change} WHERE version = 2`);
    await expect(store.readStream('some-stream')).rejects.toMatchObject(corruptAt(2, reason) as object);
    await expect(store.readAll()).rejects.toMatchObject(corruptAt(2, reason) as object);
    const first = store.subscribe()[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject(corruptAt(2, reason) as object);
  });

  it('does not tell what it found, which may be personal data', async () => {
    tamper(`UPDATE event SET data = 'someone@example.org' WHERE version = 2`);
    const message = await store.readAll().catch((error: unknown) => String(error));
    expect(message).toContain('cannot be read');
    expect(message).not.toContain('example.org');
  });

  it('still reads what comes before', async () => {
    tamper(`UPDATE event SET data = '' WHERE version = 3`);
    expect((await store.readStream('some-stream', { limit: 1 })).events).toHaveLength(1);
    expect((await store.readAll({ limit: 2 })).events).toHaveLength(2);
  });

  it('notices that an event is missing in the middle of a stream', async () => {
    tamper('DELETE FROM event WHERE version = 2');
    await expect(store.readStream('some-stream')).rejects.toMatchObject(
      corruptAt(3, 'expected version 2') as object,
    );
  });

  it('notices a checkpoint that the restored file has not reached', async () => {
    const { position } = await store.append('some-stream', 3, [newEvent()]);
    tamper(`DELETE FROM event WHERE version = 4; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'event'`);
    await expect(store.readAll({ after: position })).rejects.toMatchObject({
      failure: { kind: 'position-beyond-head' },
    });
  });
});

describe('an event store whose file is damaged', () => {
  it('says that trying again will not help', async () => {
    await store.close();
    const handle = await openFile(file, 'r+');
    await handle.write(Buffer.alloc(8192, 0xa5), 0, 8192, 4096);
    await handle.close();
    const opening = openSqliteEventStore({ file });
    await expect(opening).rejects.toMatchObject({ failure: { kind: 'unavailable', retryable: false } });
  });

  it('is refused when it was cut off', async () => {
    await store.close();
    await truncate(file, 700);
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({
      name: expect.stringMatching(/EventStoreError|SqliteOpenError/),
    });
  });

  it('is refused when it belongs to a newer release', async () => {
    tamper("UPDATE mandate_schema SET version = 99 WHERE component = 'events'");
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  it('is refused when it holds keys', async () => {
    tamper("INSERT INTO mandate_schema VALUES ('keys', 1)");
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'foreign-file' });
  });
});
