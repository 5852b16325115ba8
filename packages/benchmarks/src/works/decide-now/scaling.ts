import type { Comparison } from '../../comparing/comparison';
import type { Workbench } from '../../comparing/work';
import { askOurs } from '../../decisions/ask-ours';
import { askLimit } from '../../decisions/rivals';
import { sampleRequests } from '../../decisions/sample-requests';
import { scopeOver } from '../../decisions/scope-over';
import { costOfAsking, requestsPerRound } from './asking';

interface Costs {
  readonly ours: () => Promise<number>;
  readonly limit: () => Promise<number>;
}

const costsWith = async ({ effort, timer, progress }: Workbench, wanted: number): Promise<Costs> => {
  const contracts = Math.ceil(wanted * effort);
  const scope = await scopeOver(contracts, progress(`recording ${contracts} contracts`, contracts * 7));
  const requests = sampleRequests(contracts, Math.ceil(requestsPerRound * effort));
  return {
    ours: costOfAsking(timer, requests, askOurs(scope)),
    limit: costOfAsking(timer, requests, askLimit(contracts)),
  };
};

/**
 * What a decision costs among many contracts beside among few; and the same of the bare look-up, which shows how much
 * of it is the memory of the machine.
 */
export const scaling = async (workbench: Workbench): Promise<readonly Comparison[]> => {
  const few = await costsWith(workbench, 1000);
  const many = await costsWith(workbench, 100_000);
  return [
    {
      work: 'decide-now: 100,000 contracts against 1,000',
      unit: 'µs',
      target: { atMost: 1.5 },
      ours: many.ours,
      limit: few.ours,
    },
    {
      work: 'the limit alone: 100,000 contracts against 1,000',
      unit: 'µs',
      ours: many.limit,
      limit: few.limit,
    },
  ];
};
