import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientRead, ClientResolvedEvent } from '../client';
import { visitRead } from './client-reading';

interface WatchedRead extends ClientRead {
  /** How it came to its end. */
  readonly end: () => 'read' | 'left' | 'open';
  readonly isCancelled: () => boolean;
}

const resolved = (revision: number): ClientResolvedEvent => ({
  event: {
    streamId: 'order-1',
    id: '',
    revision: BigInt(revision),
    type: 'SomethingHappened',
    data: {},
    metadata: {},
    created: new Date(0),
  },
});

/** A read of so many events, with a pause before each; it hangs when it has sent them, if it is told to. */
const readOf = (count: number, { pauseMs = 0, hangs = false } = {}): WatchedRead => {
  let [end, isCancelled]: ['read' | 'left' | 'open', boolean] = ['open', false];
  async function* events(): AsyncGenerator<ClientResolvedEvent, void, undefined> {
    try {
      for (let revision = 0; revision < count; revision += 1) {
        if (pauseMs > 0) await pause(pauseMs);
        yield resolved(revision);
      }
      if (hangs) await new Promise(() => undefined);
      end = 'read';
    } finally {
      if (end === 'open') end = 'left';
    }
  }
  const iterator = events();
  return {
    [Symbol.asyncIterator]: () => iterator,
    cancel: () => {
      isCancelled = true;
      return Promise.resolve();
    },
    end: () => end,
    isCancelled: () => isCancelled,
  };
};

describe('visiting a read', () => {
  it('shows every event in order', async () => {
    const seen: bigint[] = [];
    await visitRead(readOf(3), 100, ({ revision }) => seen.push(revision) > 0);
    expect(seen).toEqual([0n, 1n, 2n]);
  });

  it('reads to the end when it has seen enough, and shows no more', async () => {
    const read = readOf(5);
    let shown = 0;
    await visitRead(read, 100, () => (shown += 1) < 2);
    expect([shown, read.end()]).toEqual([2, 'read']);
  });

  it('reads to the end when an event cannot be shown, and fails then', async () => {
    const read = readOf(5);
    let shown = 0;
    const visiting = visitRead(read, 100, () => {
      shown += 1;
      throw new Error('unreadable');
    });
    await expect(visiting).rejects.toThrow('unreadable');
    expect([shown, read.end()]).toEqual([1, 'read']);
  });

  it('cancels a read that is silent for too long', async () => {
    const read = readOf(2, { hangs: true });
    await expect(visitRead(read, 30, () => true)).rejects.toMatchObject({ type: 'deadline-exceeded' });
    expect(read.isCancelled()).toBe(true);
  });

  it('lets a read take its time as long as something comes', async () => {
    let shown = 0;
    await visitRead(readOf(20, { pauseMs: 10 }), 100, () => (shown += 1) > 0);
    expect(shown).toBe(20);
  });

  it('fails as the read does, and with an error that is looked at by nobody else', async () => {
    const failing: ClientRead = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('dropped')) }),
    };
    await expect(visitRead(failing, 100, () => true)).rejects.toThrow('dropped');
  });
});
