import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '@mandate/event-sourcing';
import { readWholeStream } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import {
  startAppendingProcess,
  type AppendingProcess,
  type AppendingProcessOptions,
} from '../testing/appending-process';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let file: string;
let stores: EventStore[];
let processes: AppendingProcess[];

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
  [stores, processes] = [[], []];
});

afterEach(async () => {
  for (const child of processes) child.kill();
  await Promise.all(processes.map(({ ended }) => ended));
  for (const store of stores) await store.close();
  await folder.remove();
});

const open = async (): Promise<EventStore> => {
  const store = await openSqliteEventStore({ file, pollIntervalMs: 10 });
  stores.push(store);
  return store;
};

const start = (options: Omit<AppendingProcessOptions, 'file'>): AppendingProcess => {
  const child = startAppendingProcess({ file, ...options });
  processes.push(child);
  return child;
};

const streamOf = async (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of readWholeStream(store, stream)) events.push(event);
  return events;
};

const idsOf = (events: readonly RecordedEvent[]): readonly string[] => events.map(({ eventId }) => eventId);

const isSound = (): boolean => {
  const database = openSqliteDatabase(file);
  const answer = database.prepare('PRAGMA integrity_check').get() as { readonly integrity_check: string };
  database.close();
  return answer.integrity_check === 'ok';
};

describe('an event store that several processes share', () => {
  it('delivers to a subscriber what another process appends, without gap or repetition', async () => {
    const store = await open();
    const child = start({ stream: 'from-the-child', appends: 60, batchSize: 2 });
    const seen: string[] = [];
    for await (const batch of store.subscribe()) {
      if (batch.kind === 'events') seen.push(...idsOf(batch.events));
      if (seen.length >= 120) break;
    }
    await child.ended;
    expect(seen).toEqual(child.acknowledged());
    expect(child.messages.at(-1)).toEqual({ finished: true });
  });

  it('lets every process into one stream, each event once and in one order', async () => {
    const children = Array.from({ length: 3 }, () => start({ stream: 'shared', appends: 25, batchSize: 2 }));
    await Promise.all(children.map(({ ended }) => ended));
    const events = await streamOf(await open(), 'shared');
    expect(events.map(({ version }) => version)).toEqual(
      Array.from({ length: 150 }, (_, index) => index + 1),
    );
    expect(idsOf(events).toSorted()).toEqual(children.flatMap((child) => child.acknowledged()).toSorted());
    expect(isSound()).toBe(true);
  });

  it('has one identity, also when several processes create it at once', async () => {
    const children = Array.from({ length: 4 }, (_, index) =>
      start({ stream: `s${index}`, appends: 1, batchSize: 1 }),
    );
    await Promise.all(children.map(({ ended }) => ended));
    const { storeId } = await open();
    expect(children.map(({ messages }) => messages[0])).toEqual(Array(4).fill({ ready: storeId }));
  });
});

describe('an event store whose process is killed while it appends', () => {
  it('has every acknowledged event, once, and whole batches only', async () => {
    const acknowledged: string[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const child = start({ stream: 'doomed', appends: 1_000_000, batchSize: 3 });
      await child.untilAcknowledged(5 * round);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      child.kill();
      await child.ended;
      acknowledged.push(...child.acknowledged());
      const store = await open();
      const ids = idsOf(await streamOf(store, 'doomed'));
      expect(new Set(ids).size).toBe(ids.length);
      expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
      expect(ids.length % 3).toBe(0);
      // At most the one append of each round that had no time to be acknowledged.
      expect(ids.length - acknowledged.length).toBeLessThanOrEqual(3 * round);
      expect(isSound()).toBe(true);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(3 * (5 + 10 + 15 + 20 + 25));
  });
});

describe('an event store on a disk that takes no more', () => {
  it('says of the append it could not finish that its outcome is unknown, and keeps all others', async () => {
    const child = start({
      stream: 'full',
      appends: 1000,
      batchSize: 2,
      text: 'x'.repeat(4000),
      fileBytesMax: 300_000,
    });
    await child.ended;
    const last = child.messages.at(-1);
    expect(last).toMatchObject({ failed: 'outcome-unknown' });
    const unknown = last !== undefined && 'failed' in last ? last.eventIds : [];
    expect(last).toMatchObject({ found: unknown });
    expect(child.acknowledged().length).toBeGreaterThan(4);

    const ids = idsOf(await streamOf(await open(), 'full'));
    expect([child.acknowledged(), [...child.acknowledged(), ...unknown]]).toContainEqual(ids);
    expect(isSound()).toBe(true);
  });
});
