import { hasGrown, type GrowingSet } from '../values/growing-set';
import { derivedUuid, type Uuid } from '../values/uuid';

/** The first number from 1 on that is not used, where every number below a used one is used, too. */
const firstUnused = (isUsed: (number: number) => boolean): number => {
  let [used, unused] = [0, 1];
  while (isUsed(unused)) [used, unused] = [unused, 2 * unused];
  while (unused - used > 1) {
    const middle = Math.floor((used + unused) / 2);
    if (isUsed(middle)) used = middle;
    else unused = middle;
  }
  return unused;
};

/** Sets these ids apart from all others that are derived from a text. */
const namespace = '262f9d2c-bc45-4d10-93b8-68fc92bc1917' as Uuid;

/**
 * The id of an effect that an instance asks for next: which instance, which effect, and the how manieth time.
 * Nothing else of the record goes into it. A crash may change the order in which an instance learns things; whoever
 * goes on after it must ask under the id that the dead one would have used.
 */
export const effectIdOf = (stream: string, intended: GrowingSet<Uuid>, effect: object): Uuid => {
  const idOf = (time: number): Uuid => derivedUuid(JSON.stringify([stream, time, effect]), namespace);
  return idOf(firstUnused((time) => hasGrown(intended, idOf(time))));
};
