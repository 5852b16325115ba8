import type { EventStore } from '@mandate/event-sourcing';
import { interruptKeyStore } from '@mandate/vault/testing';
import type { Surroundings } from './a-processor';
import type { Erasers } from './erasers';

/** At which call to the world the process dies: before it happens, or when it has happened and nobody is told. */
export interface CrashPoint {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** The same surroundings for a process that will die. */
export interface Dying {
  readonly surroundings: Surroundings;
  readonly erasers: Erasers;
  /** What it asked for, in order. */
  readonly calls: readonly string[];
  readonly isDead: () => boolean;
}

type AnyCall = (...args: readonly unknown[]) => Promise<unknown>;

/** Every await is a place to die: each call to the event store, the key store, an eraser, the certificates. */
export const dyingAt = (surroundings: Surroundings, erasers: Erasers, crash: CrashPoint): Dying => {
  const calls: string[] = [];
  let isDead = false;

  const before = (name: string): void => {
    if (isDead) throw new Error('dead');
    calls.push(name);
    if (calls.length === crash.call && crash.when === 'before') {
      isDead = true;
      throw new Error('dies');
    }
  };
  const after = (number: number): void => {
    if (number === crash.call && crash.when === 'after') isDead = true;
    // The dead are told nothing.
    if (isDead) throw new Error('dies');
  };
  const run = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    before(name);
    const number = calls.length;
    const answer = await work();
    after(number);
    return answer;
  };
  const mortal = <T extends object>(name: string, target: T, methods: readonly (keyof T & string)[]): T => ({
    ...target,
    ...Object.fromEntries(
      methods.map((method) => [
        method,
        (...args: readonly unknown[]) => run(`${name}.${method}`, () => (target[method] as AnyCall)(...args)),
      ]),
    ),
  });

  const numbers: number[] = [];
  const keyStore = interruptKeyStore(surroundings.keyStore, {
    before: (operation) => {
      before(`keys.${operation}`);
      numbers.push(calls.length);
      return Promise.resolve();
    },
    after: () => {
      after(numbers.pop() ?? 0);
      return Promise.resolve();
    },
  });

  return {
    surroundings: {
      ...surroundings,
      keyStore,
      eventStore: mortal<EventStore>('events', surroundings.eventStore, ['append', 'readStream', 'readAll']),
      certificates: mortal('certificates', surroundings.certificates, ['put', 'get']),
    },
    erasers: mortal('eraser', erasers, Object.keys(erasers)),
    calls,
    isDead: () => isDead,
  };
};
