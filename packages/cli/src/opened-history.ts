import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ContractId } from '@mandate/domain';
import { isUuid } from '@mandate/event-sourcing';
import { createProcessingScope, type KnownEvent, type ProcessingScope } from '@mandate/read-models';
import { openSqliteHistory, type SqliteHistory } from '@mandate/sqlite';
import { InputError } from './input-error';

/** A contract whose history holds an event that cannot be read, so that nothing can be said about it. */
class UnreadableHistoryError extends Error {
  override readonly name = 'UnreadableHistoryError';
  readonly code = 'history-unreadable';
}

/** Tells this error from any other. */
export const isUnreadableHistoryError = (error: unknown): error is UnreadableHistoryError =>
  error instanceof Error && 'code' in error && error.code === 'history-unreadable';

const isTrue = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    (answer) => answer !== false,
    () => false,
  );

const adviceOn = async (file: string): Promise<string | undefined> => {
  if (await isTrue(stat(file).then((found) => found.isDirectory())))
    return '--file: expected a SQLite file that holds the history, found a directory.';
  if ((await isTrue(access(file, constants.R_OK))) && !(await isTrue(access(dirname(file), constants.W_OK))))
    return (
      '--file: expected a folder in which SQLite may lay its -wal and -shm files, found one that must not be written. ' +
      'Copy the file, and its -wal file if there is one, into a folder of your own, and ask the copy.'
    );
  return undefined;
};

const openedFrom = async (file: string): Promise<SqliteHistory> => {
  try {
    return await openSqliteHistory({ file });
  } catch (error) {
    const advice = await adviceOn(file);
    throw advice === undefined ? error : new UnreadableHistoryError(advice, { cause: error });
  }
};

/** Opens a file for reading, and closes it whatever happens. */
export const withHistory = async <Result>(
  file: string,
  work: (history: SqliteHistory) => Promise<Result>,
): Promise<Result> => {
  const history = await openedFrom(file);
  try {
    return await work(history);
  } finally {
    await history.close();
  }
};

/** Reads the whole history. Throws the reason of the signal when it is interrupted. */
export const scopeOn = async (history: SqliteHistory, signal: AbortSignal): Promise<ProcessingScope> => {
  const scope = createProcessingScope({
    readAll: async (options) => {
      // SQLite answers at once: without a pause no Ctrl-C would arrive before the end.
      await nextTurn();
      signal.throwIfAborted();
      return history.readAll(options);
    },
  });
  await scope.catchUp();
  return scope;
};

export const contractIdIn = (text: string): ContractId => {
  if (isUuid(text)) return text as string as ContractId;
  throw new InputError(
    `CONTRACT: expected the id of a contract (a UUID in lower case), found a string of ${text.length} characters. ` +
      'Run "mandate contracts --file FILE" to list them.',
  );
};

/** The events that cannot be read, each with its place. */
export const unreadableIn = (scope: ProcessingScope): readonly string[] =>
  scope
    .parked()
    .map(({ position, stream, type, reason }) => `  ${type} at ${position} in ${stream}: ${reason}`);

export const requireReadable = (scope: ProcessingScope, contractId: ContractId): void => {
  if (scope.isReadable(contractId)) return;
  throw new UnreadableHistoryError(
    [
      'The history holds an event that cannot be read, so nothing is said about this contract:',
      ...unreadableIn(scope),
    ].join('\n'),
  );
};

/** The events of a contract that is known and readable. */
export const eventsOf = (scope: ProcessingScope, contractId: ContractId): readonly KnownEvent[] => {
  requireReadable(scope, contractId);
  const events = scope.historyOf(contractId);
  if (events.length > 0) return events;
  throw new InputError(
    'CONTRACT: expected a contract of this history, found none with this id. ' +
      'Run "mandate contracts --file FILE" to list them.',
  );
};
