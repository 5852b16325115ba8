import { it } from '@jest/globals';
import fc from 'fast-check';
import { inquiries } from './inquiries';
import { decideFromHistory } from './real-decision';
it('stats', () => {
  const start = Date.now();
  const sample = fc.sample(inquiries(), { numRuns: 1000, seed: 1 });
  console.log('ms/each', (Date.now() - start) / 500);
  const counts = new Map<string, number>();
  let n = 0;
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { history, questions } of sample)
    for (const q of questions) {
      n += 1;
      const d = decideFromHistory(history, q);
      add(d.decision);
      if (q.request.operation === 'process') add('process ' + d.decision);
      if (d.decision === 'deny') for (const r of new Set(d.reasons.map((x) => x.reason))) add(r);
    }
  console.log(
    n,
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([t, c]) => `${t} ${c}`)
      .join('\n'),
    counts.size,
  );
});
