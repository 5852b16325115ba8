import { createInMemoryLeaseStore } from '../leases/in-memory-lease-store';
import type { LeaseOptions } from '../leases/lease-options';
import type { LeaseStore } from '../leases/lease-store';
import type { Pause } from '../leases/pause';
import {
  completed,
  createOrderScene,
  type OrderRunner,
  type OrderRunnerOptions,
  type OrderScene,
} from './order-scene';
import { createVirtualTime, type VirtualTime } from './virtual-time';

/** Lets whatever was begun come as far as it can without time passing. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The pause of somebody who was killed: nothing comes after it. */
export const forEver: Pause = () => new Promise(() => undefined);

/** A call of the world outside that does not come to its end before it is let. */
export interface Gate {
  readonly arrived: Promise<void>;
  readonly open: () => void;
}

/** The orders of a scene, whose runners have leases. */
export interface LeaseScene {
  readonly orders: OrderScene;
  /** The time of leases, which is another than that of orders. */
  readonly time: VirtualTime;
  readonly leaseStore: LeaseStore;
  readonly start: (leases?: Partial<LeaseOptions>, others?: Partial<OrderRunnerOptions>) => OrderRunner;
  /** Lets time pass in small steps until something has come to its end; tells how much it was, in milliseconds. */
  readonly timeFor: (work: Promise<unknown>) => Promise<number>;
  /** Has the next call of the world stand still. */
  readonly standingStill: () => Gate;
}

const isOver = async (work: Promise<unknown>): Promise<boolean> => {
  await turn();
  const over = work.then(
    () => true,
    () => true,
  );
  return Promise.race([over, turn().then(() => false)]);
};

export const createLeaseScene = (): LeaseScene => {
  const orders = createOrderScene();
  const time = createVirtualTime();
  const leaseStore = createInMemoryLeaseStore();
  const { clock, pause } = time;
  return {
    ...{ orders, time, leaseStore },
    start: (leases = {}, others = {}) =>
      orders.startRunner({ leases: { store: leaseStore, clock, pause, ...leases }, ...others }),
    timeFor: async (work) => {
      for (let passed = 0; passed < 60_000; passed += 50) {
        if (await isOver(work)) return passed;
        time.pass(50);
      }
      throw new Error('Expected it to come to its end within a minute.');
    },
    standingStill: () => {
      let [arrive, open] = [(): void => undefined, (): void => undefined];
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const opened = new Promise<void>((resolve) => (open = resolve));
      let calls = 0;
      orders.answer = async ({ step }) => {
        calls += 1;
        arrive();
        if (calls === 1) await opened;
        return completed(step);
      };
      return {
        arrived,
        open: () => {
          open();
        },
      };
    },
  };
};
