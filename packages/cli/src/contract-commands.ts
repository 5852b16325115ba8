import { addQuestion, withTimes, type CommandGroup } from './command-group';
import {
  showContracts,
  showDiff,
  showScope,
  showTimeline,
  type FileOptions,
  type RangeOptions,
  type TimeOptions,
} from './questions';

/** The questions about contracts: which there are, what they allow, what happened, what changed. */
export const addContractCommands = (group: CommandGroup): void => {
  const { surroundings, done } = group;
  addQuestion(group, {
    usage: 'contracts',
    description: 'list the contracts and their state',
    examples: ['contracts --file history.sqlite'],
  }).action(async (options: FileOptions) => {
    done(await showContracts(surroundings, options));
  });

  withTimes(
    addQuestion(group, {
      usage: 'scope <contract>',
      description: 'what a contract allows at an instant',
      examples: ['scope CONTRACT --file history.sqlite --valid-at 2026-04-01T00:00:00.000Z'],
    }),
  ).action(async (contract: string, options: TimeOptions) => {
    done(await showScope(surroundings, contract, options));
  });

  addQuestion(group, {
    usage: 'timeline <contract>',
    description: 'the story of a contract',
    examples: ['timeline CONTRACT --file history.sqlite'],
  }).action(async (contract: string, options: FileOptions) => {
    done(await showTimeline(surroundings, contract, options));
  });

  addQuestion(group, {
    usage: 'diff <contract>',
    description: 'what changed between two instants, and by which events',
    examples: [
      'diff CONTRACT --file history.sqlite --from 2026-01-01T00:00:00.000Z --to 2026-02-01T00:00:00.000Z',
    ],
  })
    .requiredOption('--from <instant>', 'what held, and was known, then')
    .requiredOption('--to <instant>', 'compared with this instant')
    .action(async (contract: string, options: RangeOptions) => {
      done(await showDiff(surroundings, contract, options));
    });
};
