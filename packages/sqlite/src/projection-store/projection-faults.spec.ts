import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProjectionStore } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { openSqliteKeyStore } from '../key-store/sqlite-key-store';
import { newEvent } from '../testing/events';
import { createHeldProjection, failureOf, id, p, type HeldProjection } from '../testing/held-projection';
import { openSqliteProjectionStore } from './sqlite-projection-store';

const [busy, inputOutputOfWrite, full, readOnly] = [5, 778, 13, 8];

let scene: HeldProjection;
let store: ProjectionStore;

beforeEach(async () => {
  scene = await createHeldProjection();
  store = scene.store;
});

afterEach(async () => {
  await scene.dispose();
});

describe('a batch', () => {
  it('is unavailable, to be tried again, while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(scene.file);
    other.exec('BEGIN IMMEDIATE');
    expect(await failureOf(store.commit(id, scene.batch(1, 2)))).toMatchObject({
      ...{ kind: 'unavailable', retryable: true },
    });
    other.exec('ROLLBACK');
    other.close();
    expect(await store.commit(id, scene.batch(1, 2))).toBe(true);
  });

  it.each([
    ['UPDATE projection_generation', inputOutputOfWrite, true],
    ['INSERT INTO projection_document', full, true],
    ['INSERT OR REPLACE INTO projection_parked_event', readOnly, false],
    ['COMMIT', busy, true],
  ])('is not written at all when %s fails with code %d', async (sql, errcode, retryable) => {
    const before = await store.generations();
    scene.driver.failNext(sql, { errcode, when: sql === 'COMMIT' ? 'before' : 'after' });
    expect(await failureOf(store.commit(id, scene.batch(1, 2)))).toMatchObject({
      kind: 'unavailable',
      retryable,
    });
    expect(await store.generations()).toEqual(before);
    expect(await store.load(id, [p])).toEqual([{ to: 1 }]);
    expect(await store.commit(id, scene.batch(1, 2))).toBe(true);
  });

  it.each(['before', 'after'] as const)(
    'is written whole or not at all when the disk fails %s COMMIT',
    async (when) => {
      scene.driver.failNext('COMMIT', { errcode: inputOutputOfWrite, when });
      expect(await failureOf(store.commit(id, scene.batch(1, 2)))).toMatchObject({
        ...{ kind: 'unavailable', retryable: true },
      });
      const place = when === 'before' ? 1 : 2;
      expect(await store.generations()).toMatchObject([
        { position: `log:${place}`, parked: [{ held: place }] },
      ]);
      expect(await store.load(id, [p])).toEqual([{ to: place }]);
      expect(await store.commit(id, scene.batch(1, 2))).toBe(when === 'before');
    },
  );

  it('is not written when a document cannot be', async () => {
    const { documents: _, ...rest } = scene.batch(1, 2);
    const document = { n: 1n } as unknown as { readonly n: number };
    await expect(store.commit(id, { ...rest, documents: [{ ...p, document }] })).rejects.toThrow(TypeError);
    expect(await store.generations()).toMatchObject([{ position: 'log:1' }]);
  });
});

describe('opening a projection store', () => {
  it('shares a file with events, in either order', async () => {
    const events = await openSqliteEventStore({ file: scene.file });
    await events.append('a', 'no-stream', [newEvent()]);
    expect(await store.generations()).toHaveLength(1);
    await events.close();
    const other = scene.folder.pathOf('events.db');
    await (await openSqliteEventStore({ file: other })).close();
    const beside = await openSqliteProjectionStore({ file: other });
    expect(await beside.create(id, 1)).toBe(true);
    await beside.close();
  });

  it('refuses to share one with keys, in either order', async () => {
    await expect(openSqliteKeyStore({ file: scene.file })).rejects.toMatchObject({ code: 'foreign-file' });
    const keys = await openSqliteKeyStore({ file: scene.folder.pathOf('keys.db') });
    await keys.close();
    const opening = openSqliteProjectionStore({ file: scene.folder.pathOf('keys.db') });
    await expect(opening).rejects.toMatchObject({ code: 'foreign-file' });
  });

  it('refuses a file of a newer release', async () => {
    scene.tamper("UPDATE mandate_schema SET version = 99 WHERE component = 'projections'");
    await expect(openSqliteProjectionStore({ file: scene.file })).rejects.toMatchObject({
      code: 'schema-too-new',
    });
  });

  it('is unavailable while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(scene.folder.pathOf('locked.db'));
    other.exec('BEGIN EXCLUSIVE');
    const opening = openSqliteProjectionStore({ file: scene.folder.pathOf('locked.db'), busyTimeoutMs: 30 });
    expect(await failureOf(opening)).toMatchObject({ kind: 'unavailable', retryable: true });
    other.exec('ROLLBACK');
    other.close();
  });
});
