import { expect, it } from '@jest/globals';
import type { SendLogSummary } from '@mandate/audit';
import fc from 'fast-check';
import { exitCodes } from '../exit-codes';
import { verdictOn } from './verdict';

const few = fc.nat({ max: 2 });

/** Summaries as a check gives them: what could not be decided is a violation by its reason alone. */
const summaries: fc.Arbitrary<SendLogSummary> = fc
  .record({
    permitted: few,
    proven: few,
    undecided: few,
    laterUnlawful: few,
    broken: few,
    isComplete: fc.boolean(),
  })
  .map(({ proven, undecided, ...counts }) => ({
    ...counts,
    violations: proven + undecided,
    records: counts.permitted + proven + undecided + counts.laterUnlawful + counts.broken,
    violationsByReason: { 'contract-ended': proven, 'scope-not-current': undecided },
    ...{ file: 'sends', bytes: 1, laterUnlawfulByReason: {}, brokenByProblem: {}, byContract: new Map() },
    otherContracts: { permitted: 0, violations: 0, laterUnlawful: 0 },
  }));

it('is fine exactly when the whole log was read and every operation was permitted, then and now', () => {
  const isFine = ({ isComplete, records, permitted }: SendLogSummary): boolean =>
    isComplete && records === permitted;
  fc.assert(
    fc.property(summaries, (summary) => {
      expect(verdictOn(summary) === exitCodes.fine).toBe(isFine(summary));
    }),
  );
});

it('is a violation exactly when one is proven, whatever else there is', () => {
  fc.assert(
    fc.property(summaries, (summary) => {
      const isProven = (summary.violationsByReason['contract-ended'] ?? 0) > 0;
      expect(verdictOn(summary) === exitCodes.denied).toBe(isProven);
    }),
  );
});

it('is that something became unlawful later only when everything could be checked', () => {
  fc.assert(
    fc.property(summaries, (summary) => {
      if (verdictOn(summary) !== exitCodes.laterUnlawful) return;
      expect(summary).toMatchObject({ isComplete: true, broken: 0, violations: 0 });
      expect(summary.laterUnlawful).toBeGreaterThan(0);
    }),
  );
});
