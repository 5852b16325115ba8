import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf, type LeaseClaim, type LeaseStore, type Uuid } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { openSqliteKeyStore } from '../key-store/sqlite-key-store';
import { newEvent } from '../testing/events';
import { createFaultyDriver, type FaultyDriver } from '../testing/faulty-driver';
import { failureOf } from '../testing/held-projection';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteLeaseStore } from './sqlite-lease-store';

const [inputOutputOfWrite, full, readOnly] = [778, 13, 8];

const claimFrom = (second: number): LeaseClaim => ({
  holder: randomUUID() as Uuid,
  now: instantOf(second * 1000),
  until: instantOf((second + 30) * 1000),
});

let folder: TemporaryFolder;
let file: string;
let driver: FaultyDriver;
let store: LeaseStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('leases.db');
  driver = createFaultyDriver();
  store = await openSqliteLeaseStore({ file, busyTimeoutMs: 30, openDatabase: driver.openDatabase });
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const tamper = (sql: string): void => {
  const database = openSqliteDatabase(file);
  database.exec(sql);
  database.close();
};

describe('a lease', () => {
  it('cannot be had while another process holds the lock for too long, but is told of all the same', async () => {
    const { lease } = await store.acquire('a', claimFrom(0));
    const other = openSqliteDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await failureOf(store.acquire('b', claimFrom(0)))).toMatchObject({
      ...{ kind: 'unavailable', retryable: true },
    });
    expect(await store.acquire('a', claimFrom(1))).toEqual({ outcome: 'held', lease });
    other.exec('ROLLBACK');
    other.close();
    expect(await store.acquire('b', claimFrom(0))).toMatchObject({ outcome: 'acquired' });
  });

  it.each([
    ['INSERT INTO lease', inputOutputOfWrite, true],
    ['INSERT INTO lease', full, true],
    ['INSERT INTO lease', readOnly, false],
    ['COMMIT', inputOutputOfWrite, true],
  ])('is not given when %s fails with code %d', async (sql, errcode, retryable) => {
    driver.failNext(sql, { errcode, when: sql === 'COMMIT' ? 'before' : 'after' });
    expect(await failureOf(store.acquire('a', claimFrom(0)))).toMatchObject({
      kind: 'unavailable',
      retryable,
    });
    expect(await store.acquire('a', claimFrom(0))).toMatchObject({ outcome: 'acquired' });
  });

  it('may be given though the disk failed; its holder gets it again, anew', async () => {
    const claim = claimFrom(0);
    driver.failNext('COMMIT', { errcode: inputOutputOfWrite, when: 'after' });
    expect(await failureOf(store.acquire('a', claim))).toMatchObject({ kind: 'unavailable' });
    expect(await store.acquire('a', claimFrom(1))).toMatchObject({ outcome: 'held', lease: { epoch: 1 } });
    expect(await store.acquire('a', claim)).toMatchObject({ outcome: 'acquired', lease: { epoch: 2 } });
  });

  it.each([
    ["holder = 'somebody'", 'acquire'],
    ["held_until = 'tomorrow'", 'acquire'],
    ['epoch = -7', 'acquire'],
    ['held_until = NULL', 'acquire'],
    ["holder = 'somebody'", 'renew'],
    ['held_until = NULL', 'renew'],
  ])('whose row was changed from outside is corrupt: %s, on %s', async (change, call) => {
    const { lease } = await store.acquire('a', claimFrom(0));
    tamper(`UPDATE lease SET ${change}`);
    const asking: Promise<unknown> =
      call === 'renew' ? store.renew('a', lease.epoch, instantOf(90_000)) : store.acquire('a', claimFrom(1));
    expect(await failureOf(asking)).toMatchObject({ kind: 'corrupt', stream: 'lease a' });
  });
});

describe('opening a lease store', () => {
  it('shares a file with events, in either order', async () => {
    const events = await openSqliteEventStore({ file });
    await events.append('a', 'no-stream', [newEvent()]);
    expect(await store.acquire('a', claimFrom(0))).toMatchObject({ outcome: 'acquired' });
    await events.close();
    const other = folder.pathOf('events.db');
    await (await openSqliteEventStore({ file: other })).close();
    const beside = await openSqliteLeaseStore({ file: other });
    expect(await beside.acquire('a', claimFrom(0))).toMatchObject({ outcome: 'acquired' });
    await beside.close();
  });

  it('refuses to share one with keys, in either order', async () => {
    await expect(openSqliteKeyStore({ file })).rejects.toMatchObject({ code: 'foreign-file' });
    await (await openSqliteKeyStore({ file: folder.pathOf('keys.db') })).close();
    const opening = openSqliteLeaseStore({ file: folder.pathOf('keys.db') });
    await expect(opening).rejects.toMatchObject({ code: 'foreign-file' });
  });

  it('refuses a file of a newer release', async () => {
    tamper("UPDATE mandate_schema SET version = 99 WHERE component = 'leases'");
    await expect(openSqliteLeaseStore({ file })).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  it('is unavailable while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(folder.pathOf('locked.db'));
    other.exec('BEGIN EXCLUSIVE');
    const opening = openSqliteLeaseStore({ file: folder.pathOf('locked.db'), busyTimeoutMs: 30 });
    expect(await failureOf(opening)).toMatchObject({ kind: 'unavailable', retryable: true });
    other.exec('ROLLBACK');
    other.close();
  });
});
