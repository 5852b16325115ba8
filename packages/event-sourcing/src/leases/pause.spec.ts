import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pauseByTimer } from './pause';

describe('a pause by the timer of the machine', () => {
  it.each([2 ** 31, Infinity])(
    'lasts until it is told to stop, not a millisecond, when it is of %d ms',
    async (ms) => {
      const stop = new AbortController();
      let isOver = false;
      const paused = pauseByTimer(ms, stop.signal).then(() => (isOver = true));
      await setTimeout(20);
      expect(isOver).toBe(false);
      stop.abort();
      await paused;
      expect(isOver).toBe(true);
    },
  );
});
