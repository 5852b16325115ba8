import { describe, expect, it } from '@jest/globals';
import { createFreshness, type Freshness } from './freshness';

/** Freshness by a steady clock that goes on while the log is read. */
const whileReading = (
  readingTakesMs: number,
): { readonly freshness: Freshness; wait: (ms: number) => void } => {
  let nowMs = 0;
  const catchUp = (): Promise<void> => {
    nowMs += readingTakesMs;
    return Promise.resolve();
  };
  const scope = { catchUp, waitFor: catchUp };
  return {
    freshness: createFreshness({ scope, staleAfterMs: 1000, steadyClockMs: () => nowMs }),
    wait: (ms) => {
      nowMs += ms;
    },
  };
};

describe('knowledge of the log', () => {
  it('is as old as the beginning of its reading, since what is recorded meanwhile may be missed', async () => {
    const { freshness, wait } = whileReading(400);
    await freshness.refresh();
    wait(599);
    expect(freshness.isFresh()).toBe(true);
    wait(1);
    expect(freshness.isFresh()).toBe(false);
  });

  it('that took too long to read is stale from the first', async () => {
    const { freshness } = whileReading(1000);
    await freshness.refresh();
    expect(freshness.isFresh()).toBe(false);
  });
});
