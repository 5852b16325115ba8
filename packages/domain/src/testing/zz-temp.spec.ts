import { it } from '@jest/globals';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inquiries } from './inquiries';
import { decideFromHistory } from './real-decision';
import { decideNaively } from './reference-model';
it('agrees', () => {
  fc.assert(fc.property(inquiries(), ({ history, questions }) => {
    for (const question of questions) {
      const real = decideFromHistory(history, question);
      const naive = decideNaively(history, question.request, question);
      const codes = real.decision === 'allow' ? [] : [...new Set(real.reasons.map((r) => r.reason))].sort();
      assert.deepEqual(codes, [...naive.codes].sort());
    }
  }), { numRuns: Number(process.env['N'] ?? 3000) });
}, 600000);
