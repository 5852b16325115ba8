import { randomBytes, randomInt } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, EventToAppend } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { newEvent } from '../testing/events';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let file: string;
let store: EventStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
  store = await openSqliteEventStore({ file, synchronous: 'normal', busyTimeoutMs: 50 });
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

/** Every text and every id of an event, in pieces, since a piece is left behind as easily as the whole. */
const tracesOf = (stream: string, event: EventToAppend): readonly Buffer[] => {
  const { commandId, correlationId, causationId, actor } = event.metadata;
  const { text } = event.data as { readonly text: string };
  const pieces = text.match(/.{1,40}/g) ?? [];
  const traces = [stream, event.eventId, event.type, commandId, correlationId, causationId, actor, ...pieces];
  const idBytes = Buffer.from(event.eventId.replaceAll('-', ''), 'hex');
  return [...traces.filter((trace) => trace.length >= 12).map((trace) => Buffer.from(trace)), idBytes];
};

const foundIn = async (traces: readonly Buffer[]): Promise<readonly string[]> => {
  const files = await folder.bytes();
  return traces
    .filter((trace) => files.some((bytes) => bytes.includes(trace)))
    .map((trace) => trace.toString());
};

/** Events with canaries everywhere a text can stand, from a few bytes to several pages long. */
const newCanary = (): EventToAppend => {
  const event = newEvent({ text: randomBytes(randomInt(20, 5000)).toString('hex') });
  const type = `Type.${randomBytes(8).toString('hex')}`;
  return {
    ...event,
    type,
    metadata: { ...event.metadata, actor: `actor-${randomBytes(8).toString('hex')}` },
  };
};

const newStreamName = (): string => `stream-${randomBytes(8).toString('hex')}`;

describe('erasing a stream', () => {
  it('leaves no byte of its events in any file, however they were mixed with others', async () => {
    const streams = new Map<string, EventToAppend[]>();
    for (let round = 0; round < 12; round += 1) {
      for (const stream of [...streams.keys(), newStreamName(), newStreamName()]) {
        const events = streams.get(stream) ?? [];
        const batch = Array.from({ length: randomInt(1, 4) }, newCanary);
        await store.append(stream, events.length, batch);
        streams.set(stream, [...events, ...batch]);
      }
      if (round % 3 === 2) {
        const [stream, events] = [...streams.entries()][0]!;
        const traces = events.flatMap((event) => tracesOf(stream, event));
        expect((await foundIn(traces)).length).toBeGreaterThan(traces.length / 2);
        await store.eraseStream(stream);
        streams.delete(stream);
        expect(await foundIn(traces)).toEqual([]);
      }
    }
    for (const [stream, events] of streams) {
      const page = await store.readStream(stream);
      expect(page.events.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
    }
  });

  it('leaves none behind when the store is closed and opened afterwards', async () => {
    const [stream, events] = [newStreamName(), [newCanary(), newCanary()]];
    await store.append(stream, 'no-stream', events);
    await store.close();
    store = await openSqliteEventStore({ file });
    await store.eraseStream(stream);
    const traces = events.flatMap((event) => tracesOf(stream, event));
    expect(await foundIn(traces)).toEqual([]);
    await store.close();
    expect(await foundIn(traces)).toEqual([]);
  });

  it('says so when another process keeps the bytes in the write-ahead log, and can be repeated', async () => {
    const [stream, events] = [newStreamName(), [newCanary()]];
    const traces = events.flatMap((event) => tracesOf(stream, event));
    await store.append(stream, 'no-stream', events);
    const reader = openSqliteDatabase(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM event').get();

    await expect(store.eraseStream(stream)).rejects.toMatchObject({
      failure: { kind: 'unavailable', retryable: true },
    });
    expect((await store.readStream(stream)).events).toEqual([]);
    expect((await foundIn(traces)).length).toBeGreaterThan(0);

    reader.exec('ROLLBACK');
    await store.eraseStream(stream);
    expect(await foundIn(traces)).toEqual([]);
    reader.close();
  });

  it('keeps the ids of erased events from coming back, in any stream', async () => {
    const [event, stream] = [newCanary(), newStreamName()];
    await store.append(stream, 'no-stream', [event]);
    await store.eraseStream(stream);
    await expect(store.append(newStreamName(), 'no-stream', [event])).rejects.toMatchObject({
      failure: { kind: 'duplicate-event-id', eventId: event.eventId },
    });
  });
});
