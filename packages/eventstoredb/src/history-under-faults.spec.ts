import { describe, expect, it } from '@jest/globals';
import { isEventStoreError, tryAppend, type EventStore, type Position } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf, type Chance } from './testing/chance';
import { newEvents } from './testing/new-events';
import type { ProtocolServer } from './testing/protocol-server/protocol-server';
import { disturbSubscriptions, letThingsGoWrong } from './testing/random-faults';
import { withStore } from './testing/store-on-server';

const appendsPerWriter = 6;

const untilItWorks = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isEventStoreError(error) || error.code !== 'unavailable') throw error;
    }
  }
};

/** Appends to one stream, in competition with others, and keeps the ids of what was acknowledged. */
const write = async (store: EventStore, stream: string, chance: Chance): Promise<readonly string[]> => {
  const acknowledged: string[] = [];
  for (let round = 0; round < appendsPerWriter; round += 1) {
    const { next } = await untilItWorks(() => store.readStream(stream));
    const events = newEvents(1 + Math.floor(chance.next() * 3));
    try {
      const { outcome } = await tryAppend(store, stream, next, events);
      if (outcome === 'appended') acknowledged.push(...events.map(({ eventId }) => eventId));
    } catch (error) {
      const isPermitted = isEventStoreError(error) && ['outcome-unknown', 'unavailable'].includes(error.code);
      if (!isPermitted) throw error;
    }
  }
  return acknowledged;
};

/** A reader that keeps what it reads together with how far it has come, and is now and then replaced by another. */
class Projection {
  readonly ids: string[] = [];
  #checkpoint: Position | undefined;
  #life = new AbortController();
  #isOver = false;
  readonly done: Promise<void>;

  constructor(store: EventStore) {
    this.done = this.#run(store);
  }

  /** Dies, between two batches or in the middle of one, and begins anew from its checkpoint. */
  die(): void {
    this.#life.abort();
    this.#life = new AbortController();
  }

  end(): Promise<void> {
    this.#isOver = true;
    this.#life.abort();
    return this.done;
  }

  async #run(store: EventStore): Promise<void> {
    while (!this.#isOver) await untilItWorks(() => this.#follow(store, this.#life.signal));
  }

  async #follow(store: EventStore, signal: AbortSignal): Promise<void> {
    for await (const batch of store.subscribe({ after: this.#checkpoint, signal })) {
      await pause(1);
      if (signal.aborted) return;
      if (batch.kind === 'events') this.ids.push(...batch.events.map(({ eventId }) => eventId));
      this.#checkpoint = batch.next;
    }
  }
}

const ourIds = ({ log }: ProtocolServer): readonly string[] =>
  log.events.filter(({ stream }) => stream.startsWith('order')).map(({ id }) => id);

const live = async (seed: number, engine: '23.10' | '24.x'): Promise<void> => {
  const chance = chanceOf(seed);
  const store = { attemptMs: 60, deadlineMs: 2_000, silenceMs: 60 };
  await withStore(
    { server: { engine, liveEventsMax: 2, hasNowhereCheckpoints: true }, store },
    async (on) => {
      const projection = new Projection(on.store);
      letThingsGoWrong(on.server, chance, 0.25);
      let isWriting = true;
      const disturb = async (): Promise<void> => {
        while (isWriting) {
          await pause(20 * chance.next());
          if (chance.next() < 0.2) disturbSubscriptions(on.server, chance);
          if (chance.next() < 0.1) projection.die();
          if (chance.next() < 0.1) on.server.forgetIds();
        }
      };
      const disturbing = disturb();
      const writers = ['order-1', 'order-1', 'order-2'].map((stream) => write(on.store, stream, chance));
      const acknowledged = (await Promise.all(writers)).flat();
      isWriting = false;
      await disturbing;
      on.server.faults.decide = () => undefined;
      // What an append was given up on may still be on its way.
      await pause(70);
      const isWhole = (): boolean => projection.ids.length === ourIds(on.server).length;
      for (let waits = 0; !isWhole() && waits < 1_000; waits += 1) await pause(5);
      await projection.end();
      const recorded = ourIds(on.server);
      expect(new Set(recorded).size).toBe(recorded.length);
      expect(acknowledged.filter((id) => !recorded.includes(id))).toEqual([]);
      expect(projection.ids).toEqual(recorded);
    },
  );
};

/** `MANDATE_RUNS` multiplies how often chance is tried. */
const runs = 5 * Number(process.env['MANDATE_RUNS'] ?? 1);

describe('a history under faults', () => {
  it.each(['23.10', '24.x'] as const)(
    'loses nothing acknowledged, holds nothing twice and is read whole, on a server like %s',
    async (engine) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), (seed) => live(seed, engine)),
        { numRuns: runs, endOnFailure: true },
      );
    },
    60_000 + runs * 5_000,
  );
});
