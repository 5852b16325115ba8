import type { Peer } from '../comparing/comparison';
import { ratePerSecond, type Timer } from '../comparing/timer';
import { askCasl } from './casl';
import { askArrayFilter, type Ask } from './rivals';
import { askedAt } from './sample-contracts';
import { sampleRequests } from './sample-requests';
import { countAllowed } from './scope-over';

const requestsPerRound = 20_000;

/** The same question asked of others, each by itself, with as many contracts. */
export const peers = (contracts: number, timer: Timer): Promise<readonly Peer[]> => {
  const requests = sampleRequests(contracts, Math.min(requestsPerRound, contracts * 2));
  const peer = (name: string, ask: Ask): Peer => ({
    name,
    measure: ratePerSecond(timer, requests.length, () => {
      countAllowed(requests, ask, Date.parse(askedAt));
      return Promise.resolve();
    }),
  });
  return Promise.resolve([
    peer('array filter', askArrayFilter(contracts)),
    peer('@casl/ability', askCasl(contracts)),
  ]);
};
