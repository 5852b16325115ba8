import type { ProcessingOperation } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import type { Comparison } from '../comparing/comparison';
import { microsecondsEach, ratePerSecond, type Timer } from '../comparing/timer';
import { requireCount, type Work, type Workbench } from '../comparing/work';
import { peersWith } from '../decisions/peers';
import { askLimit, type Ask } from '../decisions/rivals';
import { askedAt } from '../decisions/sample-contracts';
import { sampleRequests } from '../decisions/sample-requests';
import { countAllowed, scopeOver } from '../decisions/scope-over';

const atMs = Date.parse(askedAt);
const contractsWanted = 10_000;
const requestsPerRound = 200_000;

export const askOurs =
  (scope: ProcessingScope): Ask =>
  (request, at) =>
    scope.allows(request, at);

const asking = (timer: Timer, requests: readonly ProcessingOperation[], ask: Ask) =>
  ratePerSecond(timer, requests.length, () => {
    countAllowed(requests, ask, atMs);
    return Promise.resolve();
  });

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

const steadiness = (requests: readonly ProcessingOperation[], ask: Ask): Comparison => ({
  work: 'decide-now: the slowest in a hundred against the one in the middle',
  unit: 'µs',
  target: { atMost: 3 },
  ours: () => Promise.resolve(percentile(latenciesOf(requests, ask), 0.99)),
  limit: () => Promise.resolve(percentile(latenciesOf(requests, ask), 0.5)),
});

/** The cost of a decision beside the other scope's. */
const scaling = async ({ effort, timer, progress }: Workbench): Promise<Comparison> => {
  const sides = await Promise.all(
    [1000, 100_000].map(async (wanted) => {
      const contracts = Math.ceil(wanted * effort);
      const ask = askOurs(
        await scopeOver(contracts, progress(`recording ${contracts} contracts`, contracts * 7)),
      );
      const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
      return microsecondsEach(timer, requests.length, () => {
        countAllowed(requests, ask, atMs);
        return Promise.resolve();
      });
    }),
  );
  const [few, many] = sides;
  if (few === undefined || many === undefined) throw new RangeError('Expected two sides.');
  return {
    work: 'decide-now: 100,000 contracts against 1,000',
    unit: 'µs',
    target: { atMost: 1.5 },
    ours: many,
    limit: few,
  };
};

export const decideNow: Work = {
  name: 'decide-now',
  about: 'May this be sent now? 10,000 contracts; the limit is one look-up, one mask and two comparisons.',
  prepare: async (workbench) => {
    const { effort, timer, progress } = workbench;
    const contracts = Math.ceil(contractsWanted * effort);
    const scope = await scopeOver(contracts, progress('recording contracts', contracts * 7));
    const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
    const ours = askOurs(scope);
    return {
      comparisons: [
        {
          work: 'decide-now',
          unit: 'decisions/s',
          target: { atLeast: 0.6 },
          ours: asking(timer, requests, ours),
          limit: asking(timer, requests, askLimit(contracts)),
          peers: peersWith(contracts, timer),
        },
        steadiness(requests, ours),
        await scaling(workbench),
      ],
      check: () =>
        requireCount(
          'Requests that are allowed',
          Math.ceil(requests.length / 2),
          countAllowed(requests, ours, atMs),
        ),
      close: () => Promise.resolve(),
    };
  },
};
