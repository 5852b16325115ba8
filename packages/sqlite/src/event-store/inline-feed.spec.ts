import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProjectionEngine, type ProjectingEventStore } from '@mandate/event-sourcing';
import { eventStoreConformance } from '@mandate/event-sourcing/testing';
import { openSqliteDatabase } from '../driver';
import { openSqliteProjectionStore } from '../projection-store/sqlite-projection-store';
import { newEvent } from '../testing/events';
import { createFaultyDriver, type FaultyDriver } from '../testing/faulty-driver';
import { failureOf } from '../testing/held-projection';
import { tallyProjection } from '../testing/sample-tally';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { renewSqliteStoreId } from './renew-store-id';
import { openSqliteEventStore } from './sqlite-event-store';

const p = { partition: 'a', key: 'all' };

eventStoreConformance({ describe, it }, 'SQLite (with an inline projection)', {
  createHarness: async (clock) => {
    const own = await createTemporaryFolder();
    return {
      open: () => openSqliteEventStore({ file: own.pathOf('events.db'), clock, inline: [tallyProjection] }),
      dispose: own.remove,
    };
  },
});

let folder: TemporaryFolder;
let file: string;
let driver: FaultyDriver;
let store: ProjectingEventStore;

const open = (): Promise<ProjectingEventStore> =>
  openSqliteEventStore({
    ...{ file, inline: [tallyProjection], synchronous: 'normal' },
    openDatabase: driver.openDatabase,
  });

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
  driver = createFaultyDriver();
  store = await open();
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const noted = (number: number) => ({ ...newEvent({ number }), type: 'Noted' });

const numbers = async (from: Pick<ProjectingEventStore, 'projections'> = store): Promise<unknown> => {
  const found = await from.projections.read('tally', p);
  return found.state === 'found' ? found.document['numbers'] : found.state;
};

const tamper = (sql: string): void => {
  const database = openSqliteDatabase(file);
  database.exec(sql);
  database.close();
};

const appendElsewhere = async (count: number): Promise<void> => {
  const plain = await openSqliteEventStore({ file, synchronous: 'normal' });
  for (let version = 0; version < count; version += 500) {
    const events = Array.from({ length: Math.min(500, count - version) }, () => newEvent());
    await plain.append('elsewhere', version, events);
  }
  await plain.close();
};

describe('an event store with inline projections', () => {
  it('changes documents with the COMMIT of the events, once for all appends of a batch', async () => {
    const before = driver.executed.length;
    const [first] = await Promise.all([
      store.append('a', 0, [noted(1)]),
      store.append('a', 1, [noted(3)]),
      store.append('a', 7, [noted(5)]).catch(() => undefined),
    ]);
    const executed = driver.executed.slice(before);
    expect(executed.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(executed.filter((sql) => sql.startsWith('INSERT INTO projection_document'))).toHaveLength(1);
    expect(first).toMatchObject({ version: 1 });
    expect(await numbers()).toEqual([1, 3]);
  });

  it('can be read through a projection store on the same file', async () => {
    await store.append('a', 0, [noted(1)]);
    const projections = await openSqliteProjectionStore({ file });
    expect(await numbers({ projections })).toEqual([1]);
    await projections.close();
  });

  it('is closed with its projections, but not by them', async () => {
    await store.projections.close();
    expect(await failureOf(store.projections.generations())).toMatchObject({ kind: 'store-closed' });
    await store.append('a', 0, [noted(1)]);
    await store.close();
    store = await open();
    expect(await numbers()).toEqual([1]);
    const { projections } = store;
    await store.close();
    expect(await failureOf(projections.generations())).toMatchObject({ kind: 'store-closed' });
  });

  it('has read everything when it is open, however much that is', async () => {
    await store.close();
    await appendElsewhere(2500);
    const plain = await openSqliteEventStore({ file });
    await plain.append('a', 0, [noted(1)]);
    await plain.close();
    store = await open();
    expect(await numbers()).toEqual([1]);
  });

  it('brings with the next append what was appended elsewhere, and if that is much, answers nothing', async () => {
    await appendElsewhere(999);
    await store.append('a', 0, [noted(1)]);
    expect(await numbers()).toEqual([1]);
    await store.close();
    store = await open();
    const plain = await openSqliteEventStore({ file, synchronous: 'normal' });
    for (const stream of ['x', 'y', 'z']) {
      await plain.append(
        stream,
        0,
        Array.from({ length: 400 }, () => newEvent()),
      );
    }
    await plain.close();
    await store.append('a', 1, [noted(3)]);
    expect(await numbers()).toBe('unknown');
    expect(await store.projections.generations()).toMatchObject([{ status: 'booting', isLive: false }]);
    await store.close();
    store = await open();
    expect(await numbers()).toEqual([1, 3]);
  });
});

describe('an append that changes inline projections', () => {
  it.each(['SELECT id, name', 'UPDATE projection_generation', 'INSERT INTO projection_document'])(
    'has not happened when %s fails, and can be repeated',
    async (sql) => {
      const event = noted(1);
      driver.failNext(sql, { errcode: 778, when: 'after' });
      expect(await failureOf(store.append('a', 0, [event]))).toMatchObject({
        ...{ kind: 'unavailable', retryable: true },
      });
      expect((await store.readAll()).events).toEqual([]);
      expect(await numbers()).toBe('absent');
      await store.append('a', 0, [event]);
      expect(await numbers()).toEqual([1]);
    },
  );

  it('is not refused because of a damaged document, which nobody is given', async () => {
    await store.append('a', 0, [noted(1)]);
    tamper("UPDATE projection_document SET document = 'damaged'");
    await store.append('a', 1, [noted(3)]);
    expect(await numbers()).toBe('unknown');
    expect(await store.projections.generations()).toMatchObject([
      { status: 'error', isLive: false, failure: { code: 'corrupt' } },
    ]);
  });

  it('is not refused because of damaged records, which answer nothing', async () => {
    await store.append('a', 0, [noted(1)]);
    tamper("UPDATE projection_generation SET status = 'damaged'");
    await store.append('a', 1, [noted(3)]);
    expect(await numbers()).toBe('unknown');
    await store.close();
    store = await open();
    expect(await store.append('a', 2, [noted(5)])).toMatchObject({ version: 3 });
    expect(await numbers()).toBe('unknown');
  });
});

describe('inline projections of a store that was restored', () => {
  it('answer nothing until they are built anew', async () => {
    await store.append('a', 0, [noted(1)]);
    await store.close();
    await renewSqliteStoreId({ file });
    store = await open();
    expect(await numbers()).toBe('unknown');
    await store.append('a', 1, [noted(3)]);
    expect(await numbers()).toBe('unknown');
    const engine = createProjectionEngine({
      ...{ store, projectionStore: store.projections, projections: [tallyProjection] },
    });
    await engine.rebuild('tally');
    await store.append('a', 2, [noted(5)]);
    expect(await numbers()).toEqual([1, 3, 5]);
    await engine.run();
    expect(await engine.status()).toMatchObject([
      { generation: 2, status: 'active', isLive: true, lagMs: 0 },
    ]);
  });
});

describe('inline projections of a stream that is erased', () => {
  it('keep what they know, and a rebuild forgets it', async () => {
    await store.append('a', 0, [noted(1)]);
    await store.eraseStream('a');
    await store.append('b', 0, [noted(3)]);
    expect(await numbers()).toEqual([1]);
    const engine = createProjectionEngine({
      ...{ store, projectionStore: store.projections, projections: [tallyProjection] },
    });
    await engine.rebuild('tally');
    await engine.run();
    expect(await numbers()).toBe('absent');
  });
});
