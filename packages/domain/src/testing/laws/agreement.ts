import { strict as assert } from 'node:assert';
import { inquiries } from '../inquiries';
import { decideNaively } from '../reference-model';
import { law } from './law';

/** Law 9: a fast answer is the answer that the raw events give, reason by reason. */
export const agreesWithTheReferenceModel = law(
  9,
  'every answer is that of the reference model, with the same codes',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      const decision = decide(history, question);
      const codes = decision.decision === 'allow' ? [] : decision.reasons.map(({ reason }) => reason);
      const naive = decideNaively(history, question.request, question);
      assert.deepEqual(new Set(codes), naive.codes);
      assert.equal(decision.decision, naive.decision);
    }
  },
);
