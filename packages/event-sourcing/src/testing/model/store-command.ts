import type { AsyncCommand } from 'fast-check';
import type { EventStore } from '../../event-store/event-store';
import type { History } from './history';
import type { StoresUnderTest } from './stores-under-test';

/** One step of a random history: done to the store and to the list, and compared. */
export type StoreCommand = AsyncCommand<History, StoresUnderTest>;

/** What a step works with. */
export interface StepContext {
  readonly history: History;
  readonly stores: StoresUnderTest;
  /** The handle that the step goes through. */
  readonly store: EventStore;
}

export interface Step {
  /** How the step reads in a counterexample. */
  readonly title: string;
  /** The number of the handle: 0, or 1 where several processes may use the store. */
  readonly through: number;
  /** Whether there is anything for the step to do; if not, it is left out. */
  readonly isPossible?: (history: History) => boolean;
  readonly run: (context: StepContext) => Promise<void>;
}

export const commandOf = ({ title, through, isPossible = () => true, run }: Step): StoreCommand => ({
  check: isPossible,
  run: async (history, stores) => run({ history, stores, store: await stores.handle(through) }),
  toString: () => (through === 0 ? title : `${title} [other handle]`),
});
