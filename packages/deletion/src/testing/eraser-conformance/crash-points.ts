import assert from 'node:assert/strict';
import type { ErasureOrder } from '../../eraser';
import {
  onFreshStore,
  type CrashPoint,
  type CreateEraserHarness,
  type EraserHarness,
} from '../eraser-conformance-test';
import { attempt, HERE, orderOf, plantNeighbours, texts, type Attempt } from './scenery';

/** `death`: from that point on nothing happens any more. `fault`: one step fails, and the process goes on. */
export type Interruption = 'death' | 'fault';

interface Fuse {
  readonly crashPoint: CrashPoint;
  readonly isBlown: () => boolean;
}

const fuseAt = (point: number, interruption: Interruption): Fuse => {
  let passed = 0;
  return {
    crashPoint: () => {
      passed += 1;
      const strikes = interruption === 'death' ? passed >= point : passed === point;
      if (strikes) throw new Error('interrupted');
    },
    isBlown: () => passed >= point,
  };
};

/** What an interrupted eraser did, in a store that held `items` items here, and some next door. */
export interface Interrupted {
  readonly harness: EraserHarness;
  readonly order: ErasureOrder;
  readonly point: number;
  /** What the interrupted call answered; the process may be dead and its answer unheard. */
  readonly answer: Attempt;
}

const triesMax = 10;

const answerUntilBlown = async (
  harness: EraserHarness,
  order: ErasureOrder,
  fuse: Fuse,
): Promise<Attempt | undefined> => {
  const eraser = await harness.open(fuse.crashPoint);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const answer = await attempt(eraser, order);
    if (fuse.isBlown()) return answer;
    if (answer.outcome === 'erased') return undefined;
    await harness.betweenTries?.(order);
  }
  return assert.fail('expected an erasure to end');
};

const pointsMax = 1000;
export const items = 3;

/** Interrupts an erasure at every point there is, each time on a fresh store, and looks at what follows. */
export const atEveryPoint = async (
  createHarness: CreateEraserHarness,
  interruption: Interruption,
  judge: (interrupted: Interrupted) => Promise<void>,
): Promise<void> => {
  const order = orderOf(HERE);
  const interruptedAt = (point: number): Promise<boolean> =>
    onFreshStore(createHarness, async (harness) => {
      await harness.plant(HERE, texts(items));
      await plantNeighbours(harness);
      const answer = await answerUntilBlown(harness, order, fuseAt(point, interruption));
      if (answer === undefined) return false;
      await judge({ harness, order, point, answer });
      return true;
    });
  let point = 1;
  while (await interruptedAt(point)) {
    assert.ok(point < pointsMax, `expected fewer than ${pointsMax} points at which an erasure can stop`);
    point += 1;
  }
  assert.ok(point > 1, 'expected a harness that calls the crash point before and after every step');
};
