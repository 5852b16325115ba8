import { addQuestion, withTimes, type CommandGroup } from './command-group';
import { explainDecision, type ExplainOptions } from './explain';
import { replayHistory, type ReplayCommandOptions } from './replay-history';

/** The whole history again, event by event. */
export const addReplayCommand = (group: CommandGroup): void => {
  addQuestion(group, {
    usage: 'replay',
    description: 'print the events in the order of the log; with --json one object a line',
    examples: ['replay --file history.sqlite --from 2026-03-01T00:00:00.000Z'],
  })
    .option('--from <moment>', 'after this instant or position')
    .option('--to <moment>', 'up to and with this instant or position')
    .option('--contract <contract>', 'only the events of this contract')
    .action(async (options: ReplayCommandOptions) => {
      group.done(await replayHistory(group.surroundings, options));
    });
};

/** One operation: may it be done, and why (not)? */
export const addExplainCommand = (group: CommandGroup): void => {
  withTimes(
    addQuestion(group, {
      usage: 'explain',
      description:
        'whether something may be done, why, and by which events; the request by options, or as JSON on standard input',
      examples: [
        'explain --file history.sqlite --operation store --contract CONTRACT --data-set DATA_SET',
        'explain --file history.sqlite < request.json',
      ],
    }),
  )
    .option('--operation <operation>', 'process, store, secure, return or erase')
    .option('--contract <contract>')
    .option('--data-set <data-set>')
    .option('--purpose <purpose>')
    .option('--category <category...>', 'one or more categories of data')
    .option('--channel <channel>')
    .option('--country <country>')
    .option('--sub-processor <sub-processor>')
    .option('--language <language>', 'of the text: en or pl; JSON holds both', 'en')
    .action(async (options: ExplainOptions) => {
      group.done(await explainDecision(group.surroundings, options));
    });
};
