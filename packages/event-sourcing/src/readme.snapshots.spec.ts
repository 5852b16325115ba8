import { describe, expect, it } from '@jest/globals';
import { left, right } from 'fp-ts/Either';
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
  eventCodec,
  instantCodec,
  recordCodec,
  systemClock,
  uuidCodec,
  type Decider,
  type Instant,
  type Projection,
  type Uuid,
} from './index';

type OpenDoor = { readonly type: 'OpenDoor'; readonly doorId: Uuid };
type DoorOpened = {
  readonly type: 'DoorOpened';
  readonly data: { readonly doorId: Uuid; readonly at: Instant };
};
type Door = 'closed' | 'open';
type Refusal = { readonly reason: 'door-is-open-already' };

const door: Decider<OpenDoor, Door, DoorOpened, Refusal, { readonly now: Instant }> = {
  initialState: 'closed',
  decide: ({ doorId }, state, { now }) =>
    state === 'open'
      ? left({ reason: 'door-is-open-already' })
      : right([{ type: 'DoorOpened', data: { doorId, at: now } }]),
  evolve: () => 'open',
};

const doorCodec = eventCodec<DoorOpened>({
  DoorOpened: {
    data: recordCodec<DoorOpened['data']>('DoorOpened', { doorId: uuidCodec('door id'), at: instantCodec }),
  },
});

const doorsOpened: Projection<Map<Uuid, Instant>, DoorOpened> = {
  name: 'doors-opened',
  version: 1,
  codec: doorCodec,
  initialState: () => new Map(),
  handle: (state, { event: { data } }) => state.set(data.doorId, data.at),
  partitionOf: ({ stream }) => stream,
};

const [doorId, id] = [
  '7c2ad8e4-55d1-4b0e-9d5c-3c1f6ad1a001',
  '1f3870be-274f-4c49-b3e3-1a0c6728957f',
] as Uuid[];

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
  const stream = `door-${doorId!}`;
  const metadata = { commandId: id!, correlationId: id!, causationId: id!, actor: 'caretaker-7' };
  const command = { type: 'OpenDoor', doorId: doorId! } as const;
  const { outcome } = await handleLong({ stream, command, metadata, facts: () => ({ now: systemClock() }) });

  // #region keeping
  const kept = createInMemoryProjection(store, doorsOpened, {
    snapshots: { snapshotStore, codec: mapCodec, everyEvents: 10_000 },
  });
  await kept.catchUp();
  // #endregion

  const erasing = async (): Promise<void> => {
    // #region erasing
    await eraseWithSnapshots(store, snapshotStore).eraseStream(stream);
    // #endregion
  };
  const code = await erasing().catch((error: unknown) => (error as { readonly code: string }).code);
  return [outcome, kept.state().size, code, (await snapshotStore.read('none')).epoch];
};

const regions = (): readonly (readonly [name: string, text: string])[] =>
  [
    ...readFileSync(__filename, 'utf8').matchAll(/^( *)\/\/ #region (\w+)\n([\s\S]*?)^ *\/\/ #endregion/gm),
  ].map(([, indent = '', name = '', text = '']) => [
    name,
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  ]);

describe('the README, about snapshots', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

  it.each(regions())('shows %s as it runs here', (_, text) => {
    // One of them stands in a list.
    expect(readme.replaceAll(/^ {2}/gm, '')).toContain(text.replaceAll(/^ {2}/gm, ''));
  });

  it('shows how snapshots are kept, and go', async () => {
    // The store in memory cannot erase; the snapshots are gone all the same.
    expect(await keepingSnapshots()).toEqual(['accepted', 1, 'not-supported', 1]);
  });
});
