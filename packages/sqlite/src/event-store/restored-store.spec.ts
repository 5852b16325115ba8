import { copyFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AppendResult } from '@mandate/event-sourcing';
import { newEvent } from '../testing/events';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { renewSqliteStoreId } from './renew-store-id';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let file: string;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
});

afterEach(() => folder.remove());

const append = async (version: number, count: number): Promise<AppendResult> => {
  const store = await openSqliteEventStore({ file });
  const result = await store.append(
    'some-stream',
    version,
    Array.from({ length: count }, () => newEvent()),
  );
  await store.close();
  return result;
};

describe('an event store that was restored from a backup', () => {
  it('refuses a checkpoint that it has not reached', async () => {
    await append(0, 2);
    await copyFile(file, folder.pathOf('backup.db'));
    const { position } = await append(2, 3);
    await copyFile(folder.pathOf('backup.db'), file);
    const store = await openSqliteEventStore({ file });
    await expect(store.readAll({ after: position })).rejects.toMatchObject({ code: 'position-beyond-head' });
    await store.close();
  });

  it('with a new identity refuses every earlier checkpoint, however much was appended since', async () => {
    await append(0, 2);
    await copyFile(file, folder.pathOf('backup.db'));
    const { position } = await append(2, 3);
    await copyFile(folder.pathOf('backup.db'), file);
    const storeId = await renewSqliteStoreId({ file });
    await append(2, 10);
    const store = await openSqliteEventStore({ file });
    expect(store.storeId).toBe(storeId);
    await expect(store.readAll({ after: position })).rejects.toMatchObject({ code: 'foreign-position' });
    expect((await store.readAll()).events).toHaveLength(12);
    await store.close();
  });
});
