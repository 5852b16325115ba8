import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, type Instant } from '../values/instant';
import { defaultRetryPolicy, entryOfOutcome } from './process-effect-outcome';
import type { EffectOutcome } from './process-manager';
import { processEventCodec } from './process-record';
import type { Uuid } from '../values/uuid';

const effectId = '00000000-0000-4000-8000-000000000001' as Uuid;
const now = '2026-03-01T00:00:00.000Z' as Instant;

const outcomes = fc.oneof<fc.Arbitrary<EffectOutcome>[]>(
  fc.record({ outcome: fc.constant('completed'), result: fc.constant({}) }),
  fc.record({ outcome: fc.constantFrom('failed', 'impossible'), reason: fc.string() }),
);

describe('what goes on record after an attempt', () => {
  it('is always an entry that the record takes, and never repeats a reason that is no code', () => {
    fc.assert(
      fc.property(
        outcomes,
        fc.integer({ min: 1, max: 20 }),
        fc.nat({ max: 19 }),
        (outcome, attempt, forgiven) => {
          fc.pre(forgiven < attempt);
          const entry = entryOfOutcome({ effectId, attempt, forgiven, outcome }, now, defaultRetryPolicy);
          expect(() => processEventCodec.encode(entry)).not.toThrow();
          const isLast = attempt - forgiven >= defaultRetryPolicy.attemptsMax;
          const isParked = outcome.outcome === 'impossible' || (outcome.outcome === 'failed' && isLast);
          expect(entry.type === 'EffectParked').toBe(isParked);
          expect(entry.type === 'EffectCompleted').toBe(outcome.outcome === 'completed');
        },
      ),
    );
  });

  it('says when to try again, by how often it was tried since somebody last looked', () => {
    const retry = { attemptsMax: 5, delayMs: (attempt: number) => attempt * 1000 };
    const outcome = { outcome: 'failed', reason: 'store-unreachable' } as const;
    expect(entryOfOutcome({ effectId, attempt: 7, forgiven: 4, outcome }, now, retry)).toEqual({
      type: 'EffectFailed',
      data: {
        effectId,
        attempt: 7,
        reason: 'store-unreachable',
        failedAt: now,
        retryAt: instantOf(Date.parse(now) + 3000),
      },
    });
  });
});

describe('the default retry policy', () => {
  it('tries eight times, each pause longer than the one before, none longer than an hour', () => {
    const { attemptsMax, delayMs } = defaultRetryPolicy;
    expect(Array.from({ length: attemptsMax }, (_, index) => delayMs(index + 1))).toEqual([
      1000, 4000, 16_000, 64_000, 256_000, 1_024_000, 3_600_000, 3_600_000,
    ]);
  });
});
