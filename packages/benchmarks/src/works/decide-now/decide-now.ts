import { requireCount, type Work } from '../../comparing/work';
import { askOurs } from '../../decisions/ask-ours';
import { peersApart } from '../../decisions/peer-apart';
import { peersWith } from '../../decisions/peers';
import { askLimit } from '../../decisions/rivals';
import { sampleRequests } from '../../decisions/sample-requests';
import { countAllowed, scopeOver } from '../../decisions/scope-over';
import { asking, atMs, requestsPerRound } from './asking';
import { firstAnswers } from './first-answers';
import { permits, permittedOf } from './permits';
import { scaling } from './scaling';
import { steadiness } from './steadiness';

const contractsWanted = 10_000;

export const decideNow: Work = {
  name: 'decide-now',
  about: 'May this be sent now? 10,000 contracts; the limit is one look-up, one mask and two comparisons.',
  prepare: async (workbench) => {
    const { effort, timer, progress } = workbench;
    const contracts = Math.ceil(contractsWanted * effort);
    const scope = await scopeOver(contracts, progress('recording contracts', contracts * 7));
    const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
    const [ours, limit] = [askOurs(scope), askLimit(contracts)];
    const others = [
      ...steadiness(requests, ours, limit),
      ...(await scaling(workbench)),
      await firstAnswers(workbench, contracts),
    ];
    const peers = peersWith(contracts, timer);
    // Last: whatever fails before leaves no process behind.
    const apart = await peersApart(contracts);
    return {
      comparisons: [
        {
          work: 'decide-now',
          unit: 'decisions/s',
          target: { atLeast: 0.6 },
          ours: asking(timer, requests, ours),
          limit: asking(timer, requests, limit),
          peers: [...peers, ...apart.peers],
        },
        permits(timer, permittedOf(scope, requests), { scope, limit }),
        ...others,
      ],
      check: () => {
        const allowed = Math.ceil(requests.length / 2);
        requireCount('Requests that are allowed', allowed, countAllowed(requests, ours, atMs));
        requireCount('Requests with a permit', allowed, permittedOf(scope, requests).length);
      },
      close: apart.close,
    };
  },
};
