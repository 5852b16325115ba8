import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { createCallSlots } from './call-slots';

const waitMs = 10_000;

describe('the slots of calls', () => {
  it('are never more than there are, and all work is done in the order in which it came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { maxLength: 15 }),
        fc.integer({ min: 1, max: 4 }),
        async (durations, concurrentMax) => {
          const slots = createCallSlots(concurrentMax);
          const begun: number[] = [];
          let running = 0;
          const work = (durationMs: number, index: number): Promise<unknown> =>
            slots.use(waitMs, async () => {
              begun.push(index);
              running += 1;
              expect(running).toBeLessThanOrEqual(concurrentMax);
              await pause(durationMs);
              running -= 1;
            });
          await Promise.all(durations.map(work));
          expect(begun).toEqual(durations.map((_, index) => index));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are free again after work that failed', async () => {
    const slots = createCallSlots(1);
    await expect(slots.use(waitMs, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(await slots.use(waitMs, () => Promise.resolve('done'))).toEqual({ answer: 'done' });
  });

  it('are waited for no longer than one has time, and then nothing is done', async () => {
    const slots = createCallSlots(1);
    const long = slots.use(waitMs, () => pause(60, 'long'));
    let isDone = false;
    const impatient = slots.use(10, () => Promise.resolve((isDone = true)));
    const patient = slots.use(waitMs, () => Promise.resolve('patient'));
    expect(await impatient).toBeUndefined();
    expect([await long, await patient]).toEqual([{ answer: 'long' }, { answer: 'patient' }]);
    expect(isDone).toBe(false);
  });
});
