import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { createAppendQueue } from './append-queue';

describe('the queue of appends', () => {
  it('runs those of one stream one after the other, in the order in which they came, beside those of others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'c'), durationMs: fc.nat({ max: 3 }) }), {
          maxLength: 12,
        }),
        async (appends) => {
          const queue = createAppendQueue();
          const running = new Set<string>();
          const done: number[] = [];
          await Promise.all(
            appends.map(({ stream, durationMs }, index) =>
              queue.add(stream, async () => {
                expect(running.has(stream)).toBe(false);
                running.add(stream);
                await pause(durationMs);
                running.delete(stream);
                done.push(index);
              }),
            ),
          );
          for (const name of ['a', 'b', 'c']) {
            const own = done.filter((index) => appends[index]?.stream === name);
            expect(own).toEqual(own.toSorted((left, right) => left - right));
          }
          expect(done.length).toBe(appends.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on after one that failed, and tells its caller only', async () => {
    const queue = createAppendQueue();
    const failing = queue.add('a', () => Promise.reject(new Error('refused')));
    const following = queue.add('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('refused');
    await expect(following).resolves.toBe('done');
  });

  it('is idle when everything has ended, also what was added meanwhile', async () => {
    const queue = createAppendQueue();
    let isLaterDone = false;
    void queue.add('a', async () => {
      await pause(5);
      void queue.add('b', async () => {
        await pause(5);
        isLaterDone = true;
      });
    });
    await queue.whenIdle();
    expect(isLaterDone).toBe(true);
  });
});
