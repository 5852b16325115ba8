import { describe, expect, it } from '@jest/globals';
import { right } from 'fp-ts/Either';
import * as t from 'io-ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAggregateSnapshots,
  createCommandHandler,
  createInMemoryEventStore,
  createInMemoryProjection,
  createInMemorySnapshotStore,
  eraseWithSnapshots,
  systemClock,
  type Instant,
  type Uuid,
} from './index';
import { regionsIn } from './testing/readme-regions';
import { door, doorCodec, doorsOpened, openDoor } from './testing/sample-door';

const keepingSnapshots = async (): Promise<readonly unknown[]> => {
  const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
  const mapCodec = {
    encode: (state: Map<Uuid, Instant>) => [...state],
    decode: (json: unknown) => right(new Map(json as [Uuid, Instant][])),
  };
  // #region snapshots
  const snapshots = createAggregateSnapshots({
    snapshotStore,
    name: 'door',
    version: 1,
    codec: t.keyof({ closed: null, open: null }),
    everyEvents: 500,
  });
  const handleLong = createCommandHandler({ store, decider: door, codec: doorCodec, snapshots });
  // #endregion
  const { outcome } = await handleLong({ ...openDoor, facts: () => ({ now: systemClock() }) });

  // #region keeping
  const kept = createInMemoryProjection(store, doorsOpened, {
    snapshots: { snapshotStore, codec: mapCodec, everyEvents: 10_000 },
  });
  await kept.catchUp();
  // #endregion

  const erasing = async (): Promise<void> => {
    const { stream } = openDoor;
    // #region erasing
    await eraseWithSnapshots(store, snapshotStore).eraseStream(stream);
    // #endregion
  };
  const code = await erasing().catch((error: unknown) => (error as { readonly code: string }).code);
  return [outcome, kept.state().size, code, (await snapshotStore.read('none')).epoch];
};

describe('the README, about snapshots', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

  it.each(regionsIn(__filename))('shows %s as it runs here', (_, text) => {
    // One of them stands in a list.
    expect(readme.replaceAll(/^ {2}/gm, '')).toContain(text.replaceAll(/^ {2}/gm, ''));
  });

  it('shows how snapshots are kept, and go', async () => {
    // The store in memory cannot erase; the snapshots are gone all the same.
    expect(await keepingSnapshots()).toEqual(['accepted', 1, 'not-supported', 1]);
  });
});
