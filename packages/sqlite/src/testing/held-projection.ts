import { randomUUID } from 'node:crypto';
import {
  instantOf,
  type Generation,
  type Position,
  type ProjectionCommit,
  type ProjectionStore,
  type Uuid,
} from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { openSqliteProjectionStore } from '../projection-store/sqlite-projection-store';
import { createFaultyDriver, type FaultyDriver } from './faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder';

export const id = { name: 'tally', generation: 1 };
/** Where the one document is, and where partition q waits. */
export const [p, q] = [
  { partition: 'p', key: 'all' },
  { partition: 'q', key: 'all' },
];

/** A live generation in a file, held by somebody, at position 1, with a document and a parked event. */
export interface HeldProjection {
  readonly folder: TemporaryFolder;
  readonly file: string;
  readonly driver: FaultyDriver;
  readonly store: ProjectionStore;
  readonly held: Generation;
  /** A batch that moves it from one place to another, 0 being the beginning. */
  readonly batch: (from: number, to: number) => ProjectionCommit;
  /** What somebody does to the file behind the back of the store. */
  readonly tamper: (sql: string) => void;
  readonly dispose: () => Promise<void>;
}

const batchUnder =
  (epoch: number): HeldProjection['batch'] =>
  (from, to) => {
    const position = 'log:1' as Position;
    const parked = { partition: 'q', position, stream: 'q', type: 'Noted', reason: 'no luck', held: to };
    return {
      epoch,
      from: from === 0 ? undefined : (`log:${from}` as Position),
      to: `log:${to}` as Position,
      documents: [{ ...p, document: { to } }],
      parked: [parked],
      unparked: [],
      heldUntil: instantOf(60_000),
    };
  };

export const createHeldProjection = async (): Promise<HeldProjection> => {
  const folder = await createTemporaryFolder();
  const file = folder.pathOf('projections.db');
  const driver = createFaultyDriver();
  const { openDatabase } = driver;
  const store = await openSqliteProjectionStore({ file, busyTimeoutMs: 30, openDatabase });
  await store.create(id, 1);
  const claim = { holder: randomUUID() as Uuid, now: instantOf(0), until: instantOf(1000) };
  const held = await store.claim(id, claim);
  if (held === undefined) throw new Error('Expected the claim to succeed.');
  const batch = batchUnder(held.epoch);
  await store.commit(id, batch(0, 1));
  await store.makeLive(id, held.epoch);
  return {
    ...{ folder, file, driver, store, held, batch },
    tamper: (sql) => {
      const database = openSqliteDatabase(file);
      database.exec(sql);
      database.close();
    },
    dispose: async () => {
      await store.close();
      await folder.remove();
    },
  };
};

/** What a call fails with, as data. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (error: unknown) => (error as { readonly failure?: unknown }).failure ?? error,
  );
