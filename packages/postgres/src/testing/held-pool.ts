import type { PostgresPool } from '../postgres-pool';

/** A pool whose next statement of one kind is held back. */
export interface HeldPool extends PostgresPool {
  /** Holds back the next statement that has these words. */
  holdNext(words: string): Held;
}

export interface Held {
  /** Resolves when a statement is being held back. */
  readonly reached: Promise<void>;
  readonly letGo: () => void;
}

export const heldPool = (pool: PostgresPool): HeldPool => {
  let next: { readonly words: string; readonly reach: () => void; readonly gone: Promise<void> } | undefined;
  return {
    holdNext: (words) => {
      let letGo = (): void => undefined;
      const gone = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const reached = new Promise<void>((reach) => {
        next = { words, reach, gone };
      });
      return { reached, letGo };
    },
    connect: async () => {
      const client = await pool.connect();
      return {
        on: (event, listener) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
        release: (error) => client.release(error),
        query: async (text, values) => {
          if (next !== undefined && text.includes(next.words)) {
            const held = next;
            next = undefined;
            held.reach();
            await held.gone;
          }
          return client.query(text, values);
        },
      };
    },
  };
};
