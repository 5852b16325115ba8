import type { ProcessingOperation } from '@mandate/domain';
import { createProcessingScope } from '@mandate/read-models';
import type { LogPage } from '@mandate/event-sourcing';
import { microsecondsEach } from '../comparing/timer';
import { WorkNotDone, type Work, type Workbench } from '../comparing/work';
import { askedAt, chanceOf, sampleContract } from '../decisions/sample-contracts';
import { growingHistory } from '../decisions/sample-history';
import { sampleRequests } from '../decisions/sample-requests';

const updatesPerRound = 2000;
const atMs = Date.parse(askedAt);

/** Contracts one after the other are suspended for the future, and asked about at once. */
const openUpdated = async ({ effort, timer, progress }: Workbench, wanted: number) => {
  const contracts = Math.ceil(wanted * effort);
  const history = growingHistory(contracts);
  const bar = progress(`recording ${contracts} contracts`, contracts * 7);
  const scope = createProcessingScope({
    readAll: async (options): Promise<LogPage> => {
      const page = await history.readAll(options);
      bar.advance(page.events.length);
      return page;
    },
  });
  await scope.catchUp();
  bar.end();
  const chance = chanceOf(7);
  const updates = Math.ceil(updatesPerRound * effort);
  const requestOf = new Map<string, ProcessingOperation>();
  for (const request of sampleRequests(contracts, contracts)) requestOf.set(request.contractId, request);
  for (const request of requestOf.values()) scope.permit(request, atMs);
  let [rounds, answers] = [0, 0];
  const measure = (): Promise<number> => {
    rounds += 1;
    const touched = Array.from({ length: updates }, () => sampleContract(chance(contracts)));
    for (const contract of touched) history.suspend(contract);
    return microsecondsEach(timer, updates, async () => {
      await scope.catchUp();
      for (const { contractId } of touched) {
        const request = requestOf.get(contractId);
        if (request !== undefined) scope.permit(request, atMs);
        answers += 1;
      }
    })();
  };
  const check = (): void => {
    if (answers !== rounds * updates || scope.parked().length > 0)
      throw new WorkNotDone('Updates are missing.');
  };
  return { measure, check };
};

export const indexUpdate: Work = {
  name: 'index-update',
  about: 'An event is read and its contract decided about: with 100,000 contracts against 10,000.',
  prepare: async (workbench) => {
    const many = await openUpdated(workbench, 100_000);
    const few = await openUpdated(workbench, 10_000);
    return {
      comparisons: [
        {
          work: 'index-update',
          unit: 'µs per event',
          target: { atMost: 1.3 },
          ours: many.measure,
          limit: few.measure,
        },
      ],
      check: () => {
        many.check();
        few.check();
      },
      close: () => Promise.resolve(),
    };
  },
};
