import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresClient, PostgresPool } from './postgres-pool';
import { isWorthRepeating } from './postgres-trouble';

export interface TransactionOptions {
  /** How long a lock is waited for, in milliseconds. */
  readonly lockTimeoutMs: number;
  /** Statements without parameters that begin every attempt, such as one that takes a lock. */
  readonly first?: string;
}

/** Thrown within a transaction: undo it and begin anew. Whoever throws it knows that somebody else has got on. */
export class BeginAnew extends Error {
  override readonly name = 'BeginAnew';
}

const attemptsMax = 8;

const ignored = (): void => undefined;

/** Works with one connection of the pool, which is not used again when it broke. */
export const withClient = async <T>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  // A connection that breaks between two queries says so here, and would end the process if nobody listened.
  client.on('error', ignored);
  let fault: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    fault = await rollback(client);
    throw error;
  } finally {
    client.off('error', ignored);
    client.release(fault);
  }
};

/** What hinders the connection from being used again. */
const rollback = async (client: PostgresClient): Promise<Error | undefined> => {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('the connection cannot be used again');
  }
};

// Each statement sees what was committed before it began: whoever waited for a lock sees what its holder wrote.
// A server that acknowledges before it has written, or before its standby has, is told to be as strict as it is set up for.
const beginning = ({ lockTimeoutMs, first = '' }: TransactionOptions): string => `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = ${Math.round(lockTimeoutMs)};
  SELECT set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');
  ${first}`;

/**
 * Does something in one transaction, which is on disk when the promise resolves. Begun anew when others were in the way
 * (deadlock, {@link BeginAnew}); whatever else is thrown takes everything back.
 */
export const inTransaction = async <T>(
  pool: PostgresPool,
  options: TransactionOptions,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withClient(pool, async (client) => {
        await client.query(beginning(options));
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      });
    } catch (error) {
      const isRepeated = error instanceof BeginAnew || isWorthRepeating(error);
      if (!isRepeated || attempt >= attemptsMax) throw error;
      await pause(Math.random() * 10 * attempt);
    }
  }
};
