import type { Permit, ProcessingScope } from '@mandate/read-models';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, type Work } from '../comparing/work';
import { askOurs } from '../decisions/ask-ours';
import { askedAt } from '../decisions/sample-contracts';
import { sampleRequests } from '../decisions/sample-requests';
import { countAllowed, scopeOver } from '../decisions/scope-over';

const contractsWanted = 10_000;
const requestsPerRound = 200_000;
/** Once through all permits takes a millisecond or two, in which anything may happen on a machine. */
const looksPerRound = 20;
const atMs = Date.parse(askedAt);

const countHolding = (scope: ProcessingScope, permits: readonly Permit[]): number => {
  let holding = 0;
  for (const permit of permits) if (scope.holds(permit, atMs)) holding += 1;
  return holding;
};

export const permitRecheck: Work = {
  name: 'permit-recheck',
  about: 'Does a permit still hold when its message leaves the queue? Against the decision itself.',
  prepare: async ({ effort, timer, progress }) => {
    const contracts = Math.ceil(contractsWanted * effort);
    const scope = await scopeOver(contracts, progress('recording contracts', contracts * 7));
    const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
    const permits = requests
      .map((request) => scope.permit(request, atMs))
      .filter((answer) => answer.decision === 'allow');
    return {
      comparisons: [
        {
          work: 'permit-recheck',
          unit: 'answers/s',
          target: { atLeast: 10 },
          ours: ratePerSecond(timer, looksPerRound * permits.length, () => {
            for (let look = 0; look < looksPerRound; look += 1) countHolding(scope, permits);
            return Promise.resolve();
          }),
          limit: ratePerSecond(timer, requests.length, () => {
            countAllowed(requests, askOurs(scope), atMs);
            return Promise.resolve();
          }),
        },
      ],
      check: () =>
        requireCount('Permits that hold', Math.ceil(requests.length / 2), countHolding(scope, permits)),
      close: () => Promise.resolve(),
    };
  },
};
