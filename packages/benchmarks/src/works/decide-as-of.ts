import { microsecondsEach } from '../comparing/timer';
import { WorkNotDone, type Work } from '../comparing/work';
import { askOurs } from '../decisions/ask-ours';
import { askedAt, chanceOf } from '../decisions/sample-contracts';
import { recordedAt } from '../decisions/sample-history';
import { sampleRequests } from '../decisions/sample-requests';
import { countAllowed, scopeOver } from '../decisions/scope-over';

const contractsWanted = 2000;
const requestsPerRound = 100_000;

export const decideAsOf: Work = {
  name: 'decide-as-of',
  about:
    'Might it be sent, by what was known at some time while the history was recorded? Against a decision now.',
  prepare: async ({ effort, timer, progress }) => {
    const contracts = Math.ceil(contractsWanted * effort);
    const scope = await scopeOver(contracts, progress('recording contracts', contracts * 7));
    const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
    const chance = chanceOf(42);
    const known = requests.map(() => Date.parse(recordedAt(chance(contracts * 7))));
    const atMs = Date.parse(askedAt);
    const now = askOurs(scope);
    let allowed = 0;
    const asOf = (): number => {
      let count = 0;
      for (let index = 0; index < requests.length; index += 1) {
        const request = requests[index];
        if (request !== undefined && scope.allows(request, atMs, known[index])) count += 1;
      }
      return count;
    };
    return {
      comparisons: [
        {
          work: 'decide-as-of',
          unit: 'µs',
          target: { atMost: 5 },
          ours: microsecondsEach(timer, requests.length, () => {
            allowed = asOf();
            return Promise.resolve();
          }),
          limit: microsecondsEach(timer, requests.length, () => {
            countAllowed(requests, now, atMs);
            return Promise.resolve();
          }),
        },
      ],
      check: () => {
        // Some of what is allowed now was not known then, and nothing was that is not.
        if (allowed === 0 || allowed >= requests.length / 2)
          throw new WorkNotDone('The past is as the present.');
      },
      close: () => Promise.resolve(),
    };
  },
};
