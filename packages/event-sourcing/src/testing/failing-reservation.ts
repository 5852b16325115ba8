import type { Uuid } from '../values/uuid';
import {
  completed,
  createOrderScene,
  orderIdOf,
  placed,
  type OrderRunner,
  type OrderScene,
} from './order-scene';

/** Reserving fails for as long as it is said to; the rest succeeds. */
export const sceneWhereReservingFails = (): { readonly scene: OrderScene; readonly repair: () => void } => {
  const scene = createOrderScene();
  let isBroken = true;
  scene.answer = ({ step }) =>
    step === 'reserve' && isBroken ? { outcome: 'failed', reason: 'no-stock' } : completed(step);
  return { scene, repair: () => (isBroken = false) };
};

/** How often a step was called outside. */
export const arrivalsOf = (scene: OrderScene, step: string): number =>
  scene.arrivals.filter((arrival) => arrival.step === step).length;

/** Runs at every instant at which there is something to do, so many times at most. */
export const runOn = async (scene: OrderScene, runner: OrderRunner, times: number): Promise<void> => {
  for (let run = 0; run < times; run += 1) {
    const dueAt = runner.nextDueAt();
    if (dueAt === undefined) return;
    scene.clock.now = dueAt;
    await runner.run();
  }
};

/** A scene in which the reservation of order 1 is parked after three attempts, 3 seconds after the start. */
export const sceneWithParkedReservation = async (): Promise<
  ReturnType<typeof sceneWhereReservingFails> & {
    readonly runner: OrderRunner;
    readonly unpark: () => Promise<void>;
  }
> => {
  const { scene, repair } = sceneWhereReservingFails();
  await scene.tell(placed(1));
  const runner = scene.startRunner();
  await runner.run();
  await runOn(scene, runner, 2);
  const { effectId } = scene.arrivals[0] as { effectId: Uuid };
  return { scene, repair, runner, unpark: () => runner.unpark(orderIdOf(1), effectId) };
};
