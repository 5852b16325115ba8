import { describe, expect, it } from '@jest/globals';
import { inquiries, runs } from '@mandate/domain/testing';
import fc from 'fast-check';
import { checkAgreement } from '../../testing/agreement';
import { wrongIndexes } from '../../testing/wrong-indexes';

const questioned = inquiries({ questionsMax: 40 });

describe('the index', () => {
  // MANDATE_RUNS=90 asks more than a million questions.
  it('answers as the rules over folded intervals and as the reference model, about the present and every past', () => {
    let [asked, allowed] = [0, 0];
    fc.assert(
      fc.property(questioned, (inquiry) => {
        allowed += checkAgreement(inquiry);
        asked += inquiry.questions.length;
      }),
      runs(600),
    );
    // A comparison of denials alone would prove little.
    expect(allowed / asked).toBeGreaterThan(0.1);
  });
});

describe('the comparison notices an index that', () => {
  it.each(Object.entries(wrongIndexes))('%s', (_mistake, createIndex) => {
    const isNoticed = fc.property(questioned, (inquiry) => void checkAgreement(inquiry, createIndex));
    const { failed } = fc.check(isNoticed, { numRuns: 3000, seed: 1, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
