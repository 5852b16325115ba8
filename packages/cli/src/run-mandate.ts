import { isSendLogError } from '@mandate/audit';
import { isEventStoreError } from '@mandate/event-sourcing';
import { isSqliteOpenError } from '@mandate/sqlite';
import { CommanderError } from 'commander';
import { exitCodes, type ExitCode } from './exit-codes';
import { isInputError } from './input-error';
import { stoppedBy } from './interruption';
import { isUnreadableHistoryError } from './opened-history';
import { programOf } from './program';
import type { Surroundings } from './surroundings';
import { sentenceOfUsage } from './usage-error';

const codeOfUsage = (error: CommanderError, { complain }: Surroundings): ExitCode => {
  if (error.exitCode === 0) return exitCodes.fine;
  // Without a command the help was shown.
  if (error.code !== 'commander.help') complain(`${sentenceOfUsage(error)}\n`);
  return exitCodes.wrongInput;
};

/** The messages of our own errors repeat nothing that was given; those of others may. */
const isOurs = (error: unknown): error is Error =>
  [isSendLogError, isInputError, isSqliteOpenError, isEventStoreError, isUnreadableHistoryError].some((is) =>
    is(error),
  );

const sentenceOf = (error: unknown): string => {
  if (isOurs(error)) return error.message;
  const name = error instanceof Error ? error.name : typeof error;
  return `an unexpected failure (${name}). Nothing is answered.`;
};

/** A failure to read is never taken for an answer. */
const codeOf = (error: unknown, surroundings: Surroundings): ExitCode => {
  if (error instanceof CommanderError) return codeOfUsage(error, surroundings);
  const { complain, signal } = surroundings;
  if (signal.aborted && !isOurs(error)) {
    complain(`mandate: ${stoppedBy(signal)} before there was an answer.\n`);
    return exitCodes.interrupted;
  }
  complain(`mandate: ${sentenceOf(error)}\n`);
  return isInputError(error) || isSendLogError(error) ? exitCodes.wrongInput : exitCodes.unreadable;
};

/** Runs the command with its arguments, and says with which code to end. */
export const runMandate = async (
  parameters: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.wrongInput;
  try {
    const program = programOf(surroundings, (answered) => {
      code = answered;
    });
    await program.parseAsync([...parameters], { from: 'user' });
  } catch (error) {
    code = codeOf(error, surroundings);
  }
  return surroundings.signal.aborted ? exitCodes.interrupted : code;
};
