import { createProcessingScope, type ProcessingScope } from '@mandate/read-models';
import type { ProcessingOperation } from '@mandate/domain';
import type { Progress } from '../comparing/work';
import { WorkNotDone } from '../comparing/work';
import type { Ask } from './rivals';
import { historyOf } from './sample-history';

/** The processing scope over so many sample contracts. */
export const scopeOver = async (contracts: number, progress: Progress): Promise<ProcessingScope> => {
  const history = historyOf(contracts);
  const scope = createProcessingScope({
    readAll: async (options) => {
      const page = await history.readAll(options);
      progress.advance(page.events.length);
      return page;
    },
  });
  await scope.catchUp();
  progress.end();
  if (scope.parked().length > 0)
    throw new WorkNotDone(`An event of the sample is none: ${scope.parked()[0]?.reason}`);
  return scope;
};

/** Asks everything once and counts what was allowed: an answer that nobody looks at need not be worked out. */
export const countAllowed = (requests: readonly ProcessingOperation[], ask: Ask, atMs: number): number => {
  let allowed = 0;
  for (const request of requests) if (ask(request, atMs)) allowed += 1;
  return allowed;
};
