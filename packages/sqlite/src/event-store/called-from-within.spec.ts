import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock, type Clock, type ProjectingEventStore } from '@mandate/event-sourcing';
import { newEvent } from '../testing/events';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let store: ProjectingEventStore;
/** What a projection or a clock does with the store, within the transaction of the append. */
let callBack: (() => void) | undefined;
let inner: Promise<unknown> | undefined;

const calling = (): void => {
  const call = callBack;
  callBack = undefined;
  call?.();
};

const clock: Clock = () => {
  calling();
  return systemClock();
};

const open = (isInClock: boolean): Promise<ProjectingEventStore> =>
  openSqliteEventStore({
    file: folder.pathOf('events.db'),
    ...(isInClock ? { clock } : {}),
    inline: [
      {
        name: 'count',
        version: 1,
        codec: {
          types: ['SomethingHappened'],
          decode: (({ type, data }: { readonly type: string; readonly data: object }) => ({
            _tag: 'Right',
            right: { type, data },
          })) as never,
        },
        partitionOf: ({ stream }) => stream,
        keysOf: () => ['all'],
        evolve: (document) => {
          if (!isInClock) calling();
          return { events: Number(document?.['events'] ?? 0) + 1 };
        },
      },
    ],
  });

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const countIn = (stream: string): Promise<unknown> =>
  store.projections.read('count', { partition: stream, key: 'all' });

describe.each([
  ['a projection', false],
  ['the clock', true],
])('a store that %s calls back within an append', (_, isInClock) => {
  it.each([
    ['reads documents', () => store.projections.read('count', { partition: 'a', key: 'all' })],
    ['erases', () => store.eraseStream('b')],
  ])('refuses that call when it %s, and the append is as if it had not been made', async (__, call) => {
    store = await open(isInClock);
    callBack = () => {
      inner = call().catch((error: unknown) => error);
    };
    const events = [newEvent(), newEvent(), newEvent()];
    const appends = [store.append('a', 'no-stream', events), store.append('c', 'no-stream', [newEvent()])];
    expect(await Promise.all(appends)).toMatchObject([{ version: 3 }, { version: 1 }]);
    expect(await inner).toMatchObject({ code: 'nested-transaction' });
    expect((await store.readStream('a')).events).toHaveLength(3);
    expect(await countIn('a')).toMatchObject({ state: 'found', document: { events: 3 } });
    await store.append('a', 3, [newEvent()]);
    expect(await countIn('a')).toMatchObject({ state: 'found', document: { events: 4 } });
  });
});
