import type { Pool, PoolClient } from 'pg';
import type { PostgresPool } from '../postgres-pool';

/** A pool whose connection breaks, for real, before the server hears of a statement or after it has carried it out. */
export interface FailingPool extends PostgresPool {
  breakNext(words: string, when: 'before' | 'after'): void;
}

/** Ends the connection at the server, as an administrator or a fail-over does. */
const endOf = async (pool: Pool, pid: unknown): Promise<void> => {
  await pool.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
};

const pidOf = async (client: PoolClient): Promise<unknown> => {
  const { rows } = await client.query<{ readonly pid: unknown }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
};

// The word stands in other statements, too.
const isMeant = (text: string, words: string): boolean =>
  words === 'COMMIT' ? text === words : text.includes(words);

export const failingPool = (pool: Pool): FailingPool => {
  let next: { readonly words: string; readonly when: 'before' | 'after' } | undefined;
  return {
    breakNext: (words, when) => {
      next = { words, when };
    },
    connect: async () => {
      const client = await pool.connect();
      return {
        on: (event, listener) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
        release: (error) => client.release(error),
        query: async (text, values) => {
          if (next === undefined || !isMeant(text, next.words)) return client.query(text, values);
          const { when } = next;
          next = undefined;
          const pid = await pidOf(client);
          if (when === 'after') await client.query(text, values);
          await endOf(pool, pid);
          return client.query('SELECT 1');
        },
      };
    },
  };
};
