import { randomUUID } from 'node:crypto';
import {
  createProjectionEngine,
  epochMillisecondsOf,
  instantOf,
  type EventStore,
  type Instant,
  type ProjectionEngine,
  type ProjectionStore,
  type Uuid,
} from '@mandate/event-sourcing';
import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { openSqliteProjectionStore } from '../projection-store/sqlite-projection-store';
import { newEvent } from './events';
import { createKillingDriver, type PlannedEnd } from './killing-driver';
import { expectedNumbers, tallyProjection, unlucky } from './sample-tally';
import { createTemporaryFolder } from './temporary-folder';

/** What is written to a stream at once: a number of its own, one that nobody can count, or something else. */
export type Entry = 'readable' | 'unlucky' | 'unreadable' | 'unwanted';

export interface Writing {
  readonly stream: string;
  readonly entries: readonly Entry[];
}

export const streams = ['a', 'b', 'c'] as const;

/** One file of events and projections, which processes project one after the other. */
export interface ProjectingScene {
  readonly file: string;
  readonly events: EventStore;
  readonly write: (writing: Writing) => Promise<unknown>;
  /** Runs the engine in a process of its own that ends as planned; answers how many statements it came to. */
  readonly project: (end?: PlannedEnd) => Promise<number>;
  /** Lets an undisturbed process project, long enough after any failure, and tells what is known, stream by stream. */
  readonly settle: () => Promise<readonly unknown[]>;
  /** What would be known if everything had been read in one go. */
  readonly expected: () => Promise<readonly unknown[]>;
  readonly dispose: () => Promise<void>;
}

export interface ProjectingOptions {
  readonly batchSize: number;
  /** The driver of the projection store. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const questions = streams.flatMap((stream) => [[stream, 'all'] as const, [stream, 'even'] as const]);

const eventOf = (entry: Entry, number: number): ReturnType<typeof newEvent> => {
  switch (entry) {
    case 'readable':
      return { ...newEvent({ number }), type: 'Noted' };
    case 'unlucky':
      return { ...newEvent({ number: unlucky }), type: 'Noted' };
    case 'unreadable':
      return { ...newEvent({ number: 'none' }), type: 'Noted' };
    case 'unwanted':
      return newEvent({ number });
  }
};

export const createProjectingScene = async ({
  batchSize,
  openDatabase = openSqliteDatabase,
}: ProjectingOptions): Promise<ProjectingScene> => {
  const folder = await createTemporaryFolder();
  const file = folder.pathOf('events.db');
  const events = await openSqliteEventStore({ file, synchronous: 'normal' });
  let now = '2026-03-29T00:00:00.000Z' as Instant;
  let number = 99;
  const versions = new Map<string, number>();

  const wait = (milliseconds: number): void => {
    now = instantOf(epochMillisecondsOf(now) + milliseconds);
  };

  const startEngine = (store: EventStore, projectionStore: ProjectionStore): ProjectionEngine =>
    createProjectionEngine({
      ...{ store, projectionStore, projections: [tallyProjection], batchSize },
      clock: () => now,
      holder: randomUUID() as Uuid,
    });

  /** A process: it has both stores to itself, and whatever it fails with ends with it. */
  const inProcess = async (
    end: PlannedEnd | undefined,
    work: (engine: ProjectionEngine) => Promise<void>,
  ): Promise<number> => {
    const driver = createKillingDriver(end, openDatabase);
    const options = { file, synchronous: 'normal', openDatabase: driver.openDatabase } as const;
    const handles: { close(): Promise<void> }[] = [];
    try {
      const store = await openSqliteEventStore(options);
      handles.push(store);
      const projectionStore = await openSqliteProjectionStore(options);
      handles.push(projectionStore);
      await work(startEngine(store, projectionStore));
    } catch (error) {
      if (end === undefined) throw error;
    }
    const statements = driver.statements();
    for (const handle of handles) await handle.close();
    return statements;
  };

  return {
    file,
    events,
    write: ({ stream, entries }) => {
      const version = versions.get(stream) ?? 0;
      versions.set(stream, version + entries.length);
      return events.append(
        stream,
        version,
        entries.map((entry) => eventOf(entry, (number += 1))),
      );
    },
    project: async (end) => {
      const statements = await inProcess(end, (engine) => engine.run());
      // Whoever comes next need not wait for one that is gone.
      wait(30_000);
      return statements;
    },
    settle: async () => {
      wait(600_000);
      const known: unknown[] = [];
      await inProcess(undefined, async (engine) => {
        await engine.run();
        for (const [partition, key] of questions) {
          const found = await engine.read('tally', { partition, key });
          known.push(found.state === 'found' ? found.document['numbers'] : found.state);
        }
        const [{ status, isLive, lagMs } = {}, ...others] = await engine.status();
        known.push([status, isLive, lagMs, others.length]);
      });
      return known;
    },
    expected: async () => {
      const known: unknown[] = [];
      for (const [stream, key] of questions) known.push(await expectedNumbers(events, stream, key));
      return [...known, ['active', true, 0, 0]];
    },
    dispose: async () => {
      await events.close();
      await folder.remove();
    },
  };
};
