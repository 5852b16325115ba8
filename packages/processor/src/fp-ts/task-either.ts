import { left, right } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { types } from 'node:util';
import type { Accepted, CommandResult, Invalid, Refused } from '../commands/outcome';

/** Why a command was not carried out: a refusal, an input that could not be understood, or a fault. */
export type NotAccepted<Rejection> = Refused<Rejection> | Invalid | Error;

// Not by `instanceof`: under jest, errors of Node are instances of another `Error`.
export const errorOf = (fault: unknown): Error =>
  types.isNativeError(fault) ? fault : new Error('unknown fault');

/** A command's promise as a `TaskEither`: right when it was accepted, left in every other case. */
export const commandTask =
  <Event, Rejection>(
    run: () => Promise<CommandResult<Event, Rejection>>,
  ): TaskEither<NotAccepted<Rejection>, Accepted<Event>> =>
  async () => {
    try {
      const result = await run();
      return result.outcome === 'accepted' ? right(result) : left(result);
    } catch (fault) {
      return left(errorOf(fault));
    }
  };
