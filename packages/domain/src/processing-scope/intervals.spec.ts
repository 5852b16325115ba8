import type { Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryValues, boundaryInstants, runs, shifted } from '../testing';
import type { Interval } from '../vocabulary';
import { closed, cutAt, isWithinAny, opened } from './intervals';

const instants = fc.constantFrom(...boundaryInstants);
const [at, later] = [
  '2026-03-29T01:00:00.000Z',
  '2026-03-30T01:00:00.000Z',
] as readonly string[] as readonly [Instant, Instant];

describe('intervals of one kind', () => {
  it('are open until something closes them, and then exactly until it', () => {
    expect(opened([], at)).toEqual([{ from: at }]);
    expect(closed(opened([], at), later)).toEqual([{ from: at, until: later }]);
    expect(opened([{ from: at, until: later }], later)).toEqual([
      { from: at, until: later },
      { from: later },
    ]);
  });

  it('do not open twice, and do not close twice', () => {
    const open = [{ from: at }];
    expect(opened(open, later)).toBe(open);
    const shut = [{ from: at, until: later }];
    expect(closed(shut, shifted(later, 1))).toBe(shut);
    expect(closed([], later)).toEqual([]);
  });

  it('contain every instant of each, half-open', () => {
    const both = [{ from: at, until: later }, { from: shifted(later, 5) }];
    const answers = [shifted(at, -1), at, shifted(later, -1), later, shifted(later, 4), shifted(later, 5)];
    expect(answers.map((instant) => isWithinAny(both, instant))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
    expect(isWithinAny([], at)).toBe(false);
  });
});

describe('cutting an interval', () => {
  const isIn = (interval: Interval, instant: Instant): boolean => isWithinAny([interval], instant);

  it('takes away what lies at and after the instant, and adds nothing', () => {
    fc.assert(
      fc.property(arbitraryValues.interval, instants, instants, (interval, cut, instant) => {
        expect(isIn(cutAt(interval, cut), instant)).toBe(isIn(interval, instant) && instant < cut);
      }),
      runs(200),
    );
  });

  it('twice is like cutting once, at the earlier instant', () => {
    fc.assert(
      fc.property(arbitraryValues.interval, instants, instants, instants, (interval, one, other, instant) => {
        const earlier = one < other ? one : other;
        expect(isIn(cutAt(cutAt(interval, one), other), instant)).toBe(
          isIn(cutAt(interval, earlier), instant),
        );
      }),
      runs(200),
    );
  });
});
