import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyStore } from '@mandate/vault';
import { setTimeout as pause } from 'node:timers/promises';
import { heldPool, type HeldPool } from '../testing/held-pool';
import { at, newKey } from '../testing/key-scenery';
import { startKeyStoreProcess } from '../testing/key-store-process';
import { emptyKeyTables } from '../testing/key-store-harness';
import { onPostgres } from '../testing/on-postgres';
import { openPostgresKeyStore } from './postgres-key-store';

onPostgres('a key that is created while it is fenced', (database) => {
  let slow: HeldPool;
  const schema = 'keys';
  let creator: KeyStore;
  let other: KeyStore;

  beforeEach(async () => {
    slow = heldPool(database.pool());
    creator = await openPostgresKeyStore({ pool: slow, schema });
    other = await openPostgresKeyStore({ pool: database.pool(), schema });
    await other.create([newKey(['c']), newKey(['c', 'd'])]);
  });

  afterEach(async () => {
    slow.letAllGo();
    await creator.close();
    await other.close();
    await emptyKeyTables(database.pool(), schema);
  });

  const isDoneSoon = (work: Promise<unknown>): Promise<boolean> =>
    Promise.race([work.then(() => true), pause(150, false)]);

  it('is there before the fence, and goes with it', async () => {
    const held = slow.holdNext('INSERT INTO');
    const creating = creator.create([newKey(['c', 'd', 'r'])]);
    await held.reached;
    const fencing = other.fence(['c', 'd'], at);
    expect(await isDoneSoon(fencing)).toBe(false);
    held.letGo();
    expect((await creating)[0]).toMatchObject({ outcome: 'created' });
    await fencing;
    const { keysDestroyed } = await other.destroy(['c', 'd'], at);
    expect(keysDestroyed).toEqual({ contracts: 0, dataSets: 1, recipients: 1 });
    expect(await other.countKeys(['c', 'd'])).toEqual({ contracts: 0, dataSets: 0, recipients: 0 });
  });

  it('is refused after the fence, also when it was asked for before', async () => {
    const held = slow.holdNext('LOCK TABLE');
    const creating = creator.create([newKey(['c', 'd', 'r'])]);
    await held.reached;
    await other.fence(['c', 'd'], at);
    await other.destroy(['c', 'd'], at);
    held.letGo();
    expect((await creating)[0]).toMatchObject({ outcome: 'erased' });
    expect(await other.countKeys(['c', 'd'])).toEqual({ contracts: 0, dataSets: 0, recipients: 0 });
  });

  it('is not made under a parent that is rotated at that moment', async () => {
    const held = slow.holdNext('INSERT INTO');
    const creating = creator.create([newKey(['c', 'd', 'r'])]);
    await held.reached;
    const rotating = other.replace([{ path: ['c', 'd'], wrapped: Uint8Array.of(1), expectedGeneration: 1 }]);
    expect(await isDoneSoon(rotating)).toBe(false);
    held.letGo();
    await Promise.all([creating, rotating]);
    expect((await other.create([newKey(['c', 'd', 'r2'])]))[0]).toEqual({ outcome: 'parent-changed' });
  });

  it('does not keep others from creating, and of two who create one key both get the same', async () => {
    const held = slow.holdNext('INSERT INTO');
    const shared = ['c', 'd', 'shared'] as const;
    const creating = creator.create([newKey(['c', 'd', 'r1']), newKey(shared)]);
    await held.reached;
    const first = newKey(shared);
    expect((await other.create([first, newKey(['c', 'd', 'r2'])]))[0]).toMatchObject({ outcome: 'created' });
    held.letGo();
    expect(await creating).toMatchObject([
      { outcome: 'created' },
      { outcome: 'known', key: { path: shared, wrapped: first.wrapped } },
    ]);
  });
});

onPostgres('processes that create and erase at once', (database) => {
  it('leave nothing beneath a fence that was destroyed, and everything else', async () => {
    const connectionString = database.connectionString();
    // All of them find no tables, and make them at the same time.
    const children = [1, 2].map(() =>
      startKeyStoreProcess({ connectionString, does: 'create', recipients: 30 }),
    );
    const eraser = startKeyStoreProcess({ connectionString, does: 'erase', recipients: 30 });
    const [outcomes, erased] = await Promise.all([
      Promise.all(children.map(({ ended }) => ended)),
      eraser.ended,
    ]);
    const store = await openPostgresKeyStore({ pool: database.pool() });
    expect(erased.length).toBe(15);
    for (const recipient of erased) {
      expect(await store.countKeys(['c', 'd', recipient])).toMatchObject({ recipients: 0 });
      expect(await store.read(['c', 'd', recipient])).toMatchObject({ state: 'erased' });
    }
    const created = outcomes.flat();
    expect(new Set(created).size).toBe(created.length);
    // What was created is there, unless it was erased.
    for (const recipient of created.filter((each) => !erased.includes(each))) {
      expect(await store.read(['c', 'd', recipient])).toMatchObject({ state: 'active' });
    }
    expect(created.length).toBeGreaterThanOrEqual(15);
    await store.close();
  });
});

describe('a process of the test above', () => {
  it('fails loudly', async () => {
    const child = startKeyStoreProcess({
      connectionString: 'postgresql:///x?host=/nowhere',
      does: 'create',
      recipients: 1,
    });
    await expect(child.ended).rejects.toThrow('unavailable');
  });
});
