import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grownBy, type GrowingSet } from '../values/growing-set';
import { effectIdOf } from './process-effect-id';
import type { Uuid } from '../values/uuid';

interface Asked {
  readonly stream: string;
  readonly step: string;
}

const asked = fc.record({
  stream: fc.constantFrom('a-1', 'a-2', 'b-1'),
  step: fc.constantFrom('x', 'y', 'z'),
});

/** The ids that instances give when they ask for one thing after another. */
const idsOf = (all: readonly Asked[]): readonly Uuid[] => {
  const intended = new Map<string, GrowingSet<Uuid>>();
  return all.map(({ stream, step }) => {
    const known = intended.get(stream) ?? [];
    const effectId = effectIdOf(stream, known, { step });
    intended.set(stream, grownBy(known, effectId));
    return effectId;
  });
};

describe('the id of an effect', () => {
  it('is one that no instance of any process gave to anything else', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 100 }), (all) => {
        expect(new Set(idsOf(all)).size).toBe(all.length);
      }),
    );
  });

  it('is the same whatever was asked for before, in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(asked, { maxLength: 40 }).chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
          }),
        ),
        ({ all, shuffled }) => {
          expect(new Set(idsOf(shuffled))).toEqual(new Set(idsOf(all)));
        },
      ),
    );
  });
});
