import type { PostgresPool } from '../postgres-pool';

/** A pool whose next statement of one kind is held back. */
export interface HeldPool extends PostgresPool {
  /** Holds back the next statement that has these words. */
  holdNext(words: string): Held;
  /** Lets go what is held back, also after a test that has failed. */
  letAllGo(): void;
}

export interface Held {
  /** Resolves when a statement is being held back. */
  readonly reached: Promise<void>;
  readonly letGo: () => void;
}

export const heldPool = (pool: PostgresPool): HeldPool => {
  const held: Held[] = [];
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
      held.push({ reached, letGo });
      return { reached, letGo };
    },
    letAllGo: () => {
      for (const { letGo } of held) letGo();
    },
    connect: async () => {
      const client = await pool.connect();
      return {
        on: (event, listener) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
        release: (error) => client.release(error),
        query: async (text, values) => {
          if (next !== undefined && text.includes(next.words)) {
            const { reach, gone } = next;
            next = undefined;
            reach();
            await gone;
          }
          return client.query(text, values);
        },
      };
    },
  };
};
