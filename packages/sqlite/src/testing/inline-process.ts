import type {
  AnyDocumentProjection,
  EventToAppend,
  JsonObject,
  Position,
  ProjectingEventStore,
} from '@mandate/event-sourcing';
import type { OpenSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { newEvent } from './events';
import { createKillingDriver, type PlannedEnd } from './killing-driver';
import { streams, type Entry } from './projecting-process';
import { expectedNumbers, tallyProjection, unlucky } from './sample-tally';
import { createTemporaryFolder } from './temporary-folder';

/** An append of a burst: at the version where the stream is by then, or at none where it can be. */
export interface InlineWriting {
  readonly stream: string;
  readonly entries: readonly Entry[];
  readonly isRefused: boolean;
}

/** One file of events with an inline projection, to which processes append that are killed. */
export interface InlineFile {
  /**
   * Appends a burst in a process of its own that ends as planned, then checks in another one that everything
   * acknowledged is there, and the documents are those of the log. Answers how many statements the first one came to.
   */
  readonly append: (burst: readonly InlineWriting[], end?: PlannedEnd) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

const questions = streams.flatMap((stream) => [[stream, 'all'] as const, [stream, 'even'] as const]);

const tally: AnyDocumentProjection = tallyProjection;

/** What an inline projection knows of every stream, and what a fold of the log in one go would. */
const knownAndExpected = async (
  store: ProjectingEventStore,
): Promise<readonly [known: readonly unknown[], expected: readonly unknown[]]> => {
  const known: unknown[] = [];
  const expected: unknown[] = [];
  for (const [partition, key] of questions) {
    const found = await store.projections.read(tally.name, { partition, key });
    known.push(found.state === 'found' ? found.document['numbers'] : found.state);
    expected.push(await expectedNumbers(store, partition, key));
  }
  return [known, expected];
};

let number = 99;

const dataOf = (entry: Entry): JsonObject => {
  number += 1;
  if (entry === 'unreadable') return { number: 'none' };
  return { number: entry === 'unlucky' ? unlucky : number };
};

/** An event that the tally counts, or cannot count, or does not look at. */
const newEntry = (entry: Entry): EventToAppend =>
  entry === 'unwanted' ? newEvent() : { ...newEvent(dataOf(entry)), type: 'Noted' };

/** Makes appends at once; answers with the positions of those that were acknowledged. */
const appendBurst = async (
  store: ProjectingEventStore,
  burst: readonly InlineWriting[],
): Promise<readonly Position[]> => {
  const versions = new Map<string, number>();
  for (const stream of streams) versions.set(stream, (await store.readStream(stream)).next);
  const appends = burst.map(({ stream, entries, isRefused }) => {
    const version = versions.get(stream) ?? 0;
    if (!isRefused) versions.set(stream, version + entries.length);
    return store.append(stream, isRefused ? version + 1000 : version, entries.map(newEntry));
  });
  const settled = await Promise.allSettled(appends);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.position] : []));
};

export interface InlineFileOptions {
  /** Plants a mistake in the processes that are killed. */
  readonly mutate?: (open: OpenSqliteDatabase) => OpenSqliteDatabase;
  /** Compares what is known with what is expected, as the test runner does it. */
  readonly compare: (known: readonly unknown[], expected: readonly unknown[]) => void;
}

export const createInlineFile = async ({
  mutate = (open) => open,
  compare,
}: InlineFileOptions): Promise<InlineFile> => {
  const folder = await createTemporaryFolder();
  const options = { file: folder.pathOf('events.db'), synchronous: 'normal', inline: [tally] } as const;

  const check = async (store: ProjectingEventStore, acknowledged: readonly Position[]): Promise<void> => {
    const positions = (await store.readAll()).events.map(({ position }) => position);
    compare(
      acknowledged.filter((position) => !positions.includes(position)),
      [],
    );
    compare(...(await knownAndExpected(store)));
  };

  const inProcess = async (
    burst: readonly InlineWriting[],
    end: PlannedEnd | undefined,
  ): Promise<readonly [statements: number, acknowledged: readonly Position[]]> => {
    const driver = createKillingDriver(end);
    const handles: ProjectingEventStore[] = [];
    let acknowledged: readonly Position[] = [];
    try {
      const store = await openSqliteEventStore({ ...options, openDatabase: mutate(driver.openDatabase) });
      handles.push(store);
      acknowledged = await appendBurst(store, burst);
      // A process that lives on has to be right at once.
      if (end?.isFinal !== true) compare(...(await knownAndExpected(store)));
    } catch (error) {
      if (end === undefined || !isPlanned(error)) throw error;
    }
    const statements = driver.statements();
    for (const handle of handles) await handle.close();
    return [statements, acknowledged];
  };

  return {
    append: async (burst, end) => {
      const [statements, acknowledged] = await inProcess(burst, end);
      const store = await openSqliteEventStore(options);
      try {
        await check(store, acknowledged);
      } finally {
        await store.close();
      }
      return statements;
    },
    dispose: folder.remove,
  };
};

/** Whether a process ended by what was planned for it, and not by an expectation. */
const isPlanned = (error: unknown): boolean =>
  !(typeof error === 'object' && error !== null && 'matcherResult' in error);
