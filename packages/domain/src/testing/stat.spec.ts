import { it } from '@jest/globals';
import fc from 'fast-check';
import { histories } from './histories';
import { arbitraryThrows } from './dice';
it('stats', () => {
  for (const [name, arb] of [
    ['throws', fc.array(arbitraryThrows, { minLength: 20, maxLength: 20 })],
    ['nat', fc.array(fc.nat(0xffffff), { minLength: 200, maxLength: 200 })],
    ['histories', histories()],
    ['histories', histories()],
  ] as const) {
    const start = Date.now();
    fc.sample(arb as fc.Arbitrary<unknown>, { numRuns: 500, seed: 1 });
    console.log(name, 'ms/each', (Date.now() - start) / 500);
  }
  const sample = fc.sample(histories(), { numRuns: 500, seed: 1 });
  const counts = new Map<string, number>();
  for (const h of sample)
    for (const { event } of h) counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
  console.log(
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([t, c]) => `${t} ${c}`)
      .join('\n'),
    counts.size,
    sample.reduce((a, h) => a + h.length, 0) / 500,
  );
});
