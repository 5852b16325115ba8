import type { Comparison } from '../../comparing/comparison';
import type { Progress, Workbench } from '../../comparing/work';
import { askOurs } from '../../decisions/ask-ours';
import { requestToEach } from '../../decisions/sample-requests';
import { scopeOver } from '../../decisions/scope-over';
import { costOfAsking } from './asking';

// The bar of the rounds is already there.
const silently: Progress = { advance: () => undefined, end: () => undefined };

/**
 * The other rows ask what was asked before. Here every contract is asked about once, for the first time after its last
 * event, when nothing about it was worked out yet; beside the same questions to a scope that has answered them.
 */
export const firstAnswers = async ({ timer }: Workbench, contracts: number): Promise<Comparison> => {
  const requests = requestToEach(contracts);
  const freshly = () => scopeOver(contracts, silently);
  const again = askOurs(await freshly());
  await costOfAsking(timer, requests, again)();
  return {
    work: 'decide-now: cold, the first answer about each contract against the same again',
    unit: 'µs',
    ours: async () => costOfAsking(timer, requests, askOurs(await freshly()))(),
    limit: costOfAsking(timer, requests, again),
  };
};
