import type { Peer } from '../comparing/comparison';
import { ratePerSecond, type Timer } from '../comparing/timer';
import { WorkNotDone } from '../comparing/work';
import { askCasl } from './casl';
import { askArrayFilter, type Ask } from './rivals';
import { askedAt } from './sample-contracts';
import { isAllowedAt, sampleRequests } from './sample-requests';
import { countAllowed } from './scope-over';

const requestsPerRound = 20_000;

const atMs = Date.parse(askedAt);

/** The same question asked of others, each of which has to give the right answers. */
export const peersWith = (contracts: number, timer: Timer): readonly Peer[] => {
  const requests = sampleRequests(contracts, Math.min(requestsPerRound, 2 * contracts));

  const peer = (name: string, asked: typeof requests, ask: Ask): Peer => {
    if (!asked.every((request, index) => ask(request, atMs) === isAllowedAt(index)))
      throw new WorkNotDone(`${name} answers otherwise.`);
    return {
      name,
      measure: ratePerSecond(timer, asked.length, () => {
        countAllowed(asked, ask, atMs);
        return Promise.resolve();
      }),
    };
  };

  return [
    peer('array filter', requests, askArrayFilter(contracts)),
    peer('@casl/ability', requests, askCasl(contracts)),
  ];
};
