import { describe, expect, it } from '@jest/globals';
import {
  createCommandHandler,
  createInMemoryProjectionStore,
  createProjectionEngine,
  eventCodec,
  recordCodec,
  type CommandRequest,
  type Decider,
  type DocumentProjection,
  type JsonObject,
} from '@mandate/event-sourcing';
import { left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import { setTimeout as pause } from 'node:timers/promises';
import { newEvent } from './testing/new-events';
import { failing } from './testing/protocol-server/faults';
import { statuses } from './testing/protocol-server/statuses';
import { withStore } from './testing/store-on-server';

interface Counted {
  readonly type: 'Counted';
  readonly data: { readonly number: number };
}

interface Full {
  readonly reason: 'full';
}

const limit = 8;

const counter: Decider<null, number, Counted, Full, undefined> = {
  initialState: 0,
  decide: (_, count) =>
    count < limit ? right([{ type: 'Counted', data: { number: count + 1 } }]) : left({ reason: 'full' }),
  evolve: (count) => count + 1,
};

const codec = eventCodec<Counted>({
  Counted: { data: recordCodec<Counted['data']>('Counted', { number: t.number }) },
});

interface Count extends JsonObject {
  readonly numbers: readonly number[];
}

const counts: DocumentProjection<Count, Counted> = {
  name: 'counts',
  version: 1,
  codec,
  partitionOf: ({ stream }) => stream,
  keysOf: () => ['count'],
  evolve: (count, { event }) => ({ numbers: [...(count?.numbers ?? []), event.data.number] }),
};

const streams = Array.from({ length: 12 }, (_, index) => `counter-${index}`);
/** More than the counters take, so that some commands are refused. */
const commandsPerStream = limit + 2;

const request = (stream: string): CommandRequest<null, undefined> => ({
  stream,
  command: null,
  facts: () => undefined,
  metadata: newEvent().metadata,
});

const expectedNumbers = Array.from({ length: limit }, (_, index) => index + 1);

describe('commands while the leader dies', () => {
  it('are accepted exactly once or refused for their reason, each in time', async () => {
    const store = { attemptMs: 500, deadlineMs: 5_000 };
    await withStore({ store }, async ({ server, store: events }) => {
      const handle = createCommandHandler({ store: events, decider: counter, codec, attemptsMax: 100 });
      const requests = streams.flatMap((stream) =>
        Array.from({ length: commandsPerStream }, () => request(stream)),
      );
      let done = 0;
      let longestMs = 0;
      const run = async (each: CommandRequest<null, undefined>): Promise<string> => {
        const startedAt = performance.now();
        const { outcome } = await handle(each);
        longestMs = Math.max(longestMs, performance.now() - startedAt);
        done += 1;
        return outcome;
      };
      const running = Promise.all(requests.map(run));
      while (done < 10) await pause(1);
      // The next answers are lost, and then there is no leader for a while.
      server.faults.plan(
        'append',
        ...Array.from({ length: 3 }, () => ({ after: failing(statuses.connectionDropped()) })),
      );
      await pause(5);
      server.stop();
      await pause(400);
      await server.resume();
      const outcomes = await running;
      expect(outcomes.filter((outcome) => outcome === 'accepted').length).toBe(streams.length * limit);
      expect(outcomes.filter((outcome) => outcome === 'refused').length).toBe(streams.length * 2);
      expect(longestMs).toBeLessThan(2 * store.deadlineMs);

      const accepted = new Set(server.log.events.map(({ id }) => id));
      expect(accepted.size).toBe(server.log.events.length);
      const projectionStore = createInMemoryProjectionStore();
      const engine = createProjectionEngine({ store: events, projectionStore, projections: [counts] });
      await engine.run();
      for (const stream of streams) {
        expect(await engine.read('counts', { partition: stream, key: 'count' })).toMatchObject({
          document: { numbers: expectedNumbers },
        });
      }
      await engine.close();
    });
  });
});
