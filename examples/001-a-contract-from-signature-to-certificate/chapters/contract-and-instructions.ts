import type { Run } from '../run';
import { giveCommandsUntil } from './given-commands';

/** Chapter 1: what the parties agree on, and what the controller instructs, before any data is there. */
export const concludeAndInstruct = async (run: Run): Promise<void> => {
  const { screen, input } = run;
  screen.chapter(
    1,
    'A contract and its instructions',
    'The platform may do what somebody entitled has instructed in writing, and nothing else (GDPR Art. 28(3)(a)).',
  );
  const firstListAt = input.lists.map(({ at }) => at).toSorted()[0];
  if (firstListAt !== undefined) await giveCommandsUntil(run, firstListAt);
};
