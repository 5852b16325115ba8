import type { Instant } from '@mandate/event-sourcing';
import type { Agreement } from '../contract';
import {
  documentMedia,
  type ContractId,
  type Evidence,
  type Interval,
  type LegalDate,
  type Reference,
} from '../vocabulary';
import { dayAfter } from './calendar';
import type { Dice } from './dice';
import { boundaryInstants, shifted } from './instants';
import { nthDigest } from './values';
import type { World } from './world';

/** Where the next command is given: the world so far, the contract it is about, and the choices still open. */
export interface Scene {
  readonly world: World;
  readonly dice: Dice;
  readonly contractId: ContractId;
}

interface Message {
  readonly type: string;
  readonly data: object;
}

/** What somebody may intend at a scene, for every type of command; a forgotten type does not compile. */
export type Intents<Command extends Message> = {
  readonly [Type in Command['type']]: (scene: Scene) => Extract<Command, { readonly type: Type }>['data'];
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const inOrder = boundaryInstants.toSorted();

/** The next boundary after an instant: most things that go wrong with time go wrong there. */
export const nextBoundary = (now: Instant): Instant =>
  inOrder.find((boundary) => now < boundary) ?? shifted(now, dayMs);

/** A time near the present: at it, just beside it, at the next boundary, or some days away. */
export const someTime = ({ world: { now }, dice }: Scene): Instant => {
  const [anchor, ms] = dice.pick([
    ...([
      ['now', 0],
      ['now', 0],
      ['now', 0],
      ['now', 1],
      ['now', -1],
    ] as const),
    ...([
      ['now', hourMs],
      ['now', dayMs],
      ['now', 7 * dayMs],
      ['now', -dayMs],
    ] as const),
    ...([
      ['boundary', 0],
      ['boundary', -1],
    ] as const),
  ]);
  return shifted(anchor === 'now' ? now : nextBoundary(now), ms);
};

/** A time after another one, mostly. */
export const someTimeAfter = (scene: Scene, earlier: Instant | undefined): Instant => {
  const time = someTime(scene);
  const isLate = earlier === undefined || earlier < time || scene.dice.once(8);
  return isLate ? time : shifted(earlier, scene.dice.pick([1, hourMs, dayMs]));
};

/** From about now on, for ever or for a while; once in a while for no time at all. */
export const someInterval = (scene: Scene, notBefore: Instant | undefined): Interval => {
  const from = someTimeAfter(scene, notBefore === undefined ? undefined : shifted(notBefore, -1));
  const lengthMs = scene.dice.pick([undefined, undefined, 1, hourMs, dayMs, 30 * dayMs, 200 * dayMs, 0]);
  return lengthMs === undefined ? { from } : { from, until: shifted(from, lengthMs) };
};

/** A day in Warsaw, so many days from today. */
export const someDay = ({ world, dice }: Scene, days: readonly [number, ...number[]]): LegalDate =>
  dayAfter(world.now, dice.pick(days), 'Europe/Warsaw');

/** A document that reached us by now; once in a while one that cannot have. Each has a digest of its own. */
export const someEvidence = ({ world, dice }: Scene): Evidence => ({
  digest: nthDigest(world.history.length + 1),
  medium: dice.pick(documentMedia),
  reference: `file/${world.history.length + 1}` as Reference,
  receivedAt: shifted(world.now, dice.once(4) ? dice.pick([-1, -hourMs, -dayMs, -30 * dayMs, 1]) : 0),
});

/** The agreement of the contract that the scene is about, if there is one. */
export const agreementOf = ({ world, contractId }: Scene): Agreement | undefined => {
  const contract = world.contract(contractId);
  return contract.status === 'none' ? undefined : contract.agreement;
};
