import type { ProcessingOperation } from '@mandate/domain';
import type { Comparison } from '../../comparing/comparison';
import type { Ask } from '../../decisions/rivals';
import { atMs } from './asking';

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** Microseconds that single decisions take, the reading of the clock included, in order. */
const latenciesOf = (requests: readonly ProcessingOperation[], ask: Ask): readonly number[] => {
  const taken: number[] = [];
  for (const request of requests) {
    const before = process.hrtime.bigint();
    ask(request, atMs);
    taken.push(Number(process.hrtime.bigint() - before) / 1000);
  }
  return taken.sort((one, other) => one - other);
};

/** How much longer than usual a decision may take: the slowest in a hundred against the one in the middle. */
const spreadOf = (requests: readonly ProcessingOperation[], ask: Ask) => ({
  unit: 'µs',
  ours: () => Promise.resolve(percentile(latenciesOf(requests, ask), 0.99)),
  limit: () => Promise.resolve(percentile(latenciesOf(requests, ask), 0.5)),
});

/** The spread of this library, and of the bare look-up: what the machine adds to both is not the library's. */
export const steadiness = (
  requests: readonly ProcessingOperation[],
  ours: Ask,
  limit: Ask,
): readonly Comparison[] => [
  {
    ...spreadOf(requests, ours),
    work: 'decide-now: the slowest in a hundred against the one in the middle',
    target: { atMost: 3 },
  },
  {
    ...spreadOf(requests, limit),
    work: 'the limit alone: the slowest in a hundred against the one in the middle',
  },
];
