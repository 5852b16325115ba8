import { Command } from 'commander';
import { addCheckLogCommand } from './check-log/check-log-command';
import { usualCodes, type CommandGroup } from './command-group';
import { addContractCommands } from './contract-commands';
import { addExplainCommand, addReplayCommand } from './history-commands';
import type { ExitCode } from './exit-codes';
import type { Surroundings } from './surroundings';

const lesson = `
Start here:
  $ mandate contracts --file history.sqlite

What do you want to know?
  which contracts are there?                mandate contracts
  what does a contract allow, at a time?    mandate scope CONTRACT
  what happened to it, in order?            mandate timeline CONTRACT
  what changed between two times, and why?  mandate diff CONTRACT
  may this be done? why, or why not?        mandate explain
  was all that we sent permitted?           mandate check-log LOG
  the whole history, event by event?        mandate replay

Each takes --file FILE and --json; "mandate COMMAND --help" has an example.

${usualCodes}
check-log has more: see "mandate check-log --help".`;

/** The command with everything it can be asked. */
export const programOf = (surroundings: Surroundings, done: (code: ExitCode) => void): Command => {
  const program = new Command('mandate')
    .description('Questions to the history of a data processor (GDPR Art. 28). It only reads.')
    .addHelpText('after', lesson)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.write(text),
      writeErr: (text) => {
        surroundings.complain(text);
      },
      // Said by whoever catches it, without the words that were typed.
      outputError: () => undefined,
    });
  const group: CommandGroup = { program, surroundings, done };
  addContractCommands(group);
  addReplayCommand(group);
  addExplainCommand(group);
  addCheckLogCommand(group);
  return program;
};
