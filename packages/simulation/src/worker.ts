// Simulates every so-manieth seed, and tells its parent what came of each.
import type { SimulationResult } from '@mandate/event-sourcing/testing';
import type { SimulationOptions } from './options';
import { seedsOf } from './seeds';
import { simulations, type SimulationName } from './simulations';

/** What a worker is asked to do. */
export interface Share extends SimulationOptions {
  readonly simulation: SimulationName;
  readonly worker: number;
}

/** What it tells of one seed. */
export type Told = { readonly seed: number } & SimulationResult;

const tell = (told: Told): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) throw new Error('Expected to be started by the simulation.');
    process.send(told, () => resolve());
  });

const work = async (share: Share): Promise<void> => {
  const { mutant, simulation } = share;
  const { simulate } = simulations[simulation];
  for (const seed of seedsOf(share, share)) {
    const request = { seed, ...(mutant === undefined ? {} : { mutant }) };
    await tell({ seed, ...(await simulate(request)) });
  }
  process.disconnect();
};

// An interruption reaches everybody at the terminal: the parent says when to stop, and tells what was found until then.
process.on('SIGINT', () => undefined);
process.once('message', (share) => {
  void work(share as Share);
});
