import fc, { type Arbitrary } from 'fast-check';

/** One call of a burst. Numbers are reduced to what exists at that moment, so that every call shrinks. */
export type BurstCall =
  | {
      readonly type: 'append';
      readonly stream: string;
      /** How far the expected version lies from the actual one; mostly not at all. */
      readonly miss: number;
      readonly eventCount: number;
    }
  /** The same append once more, whatever became of it: also one of this very burst. */
  | { readonly type: 'repeat'; readonly which: number }
  /** New events, and among them the id of an earlier one, whatever became of that. */
  | {
      readonly type: 'reuse-event-id';
      readonly stream: string;
      readonly which: number;
      readonly at: number;
      readonly eventCount: number;
    }
  | { readonly type: 'append-nothing'; readonly stream: string }
  | { readonly type: 'append-too-much'; readonly stream: string }
  | { readonly type: 'erase'; readonly stream: string };

const stream = fc.constantFrom('a', 'b', 'c');
const which = fc.nat({ max: 40 });
const eventCount = fc.integer({ min: 1, max: 3 });
const is = <const Type extends BurstCall['type']>(type: Type): Arbitrary<Type> => fc.constant(type);

const call = fc.oneof<{ weight: number; arbitrary: Arbitrary<BurstCall> }[]>(
  {
    weight: 8,
    arbitrary: fc.record({
      type: is('append'),
      stream,
      miss: fc.oneof(
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
      ),
      eventCount,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: is('repeat'), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: is('reuse-event-id'), stream, which, at: fc.nat({ max: 2 }), eventCount }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('append-nothing'), stream }) },
  { weight: 1, arbitrary: fc.record({ type: is('append-too-much'), stream }) },
  { weight: 1, arbitrary: fc.record({ type: is('erase'), stream }) },
);

/** Bursts of calls: those of one burst are made at once, the next burst when all of them are answered. */
export const bursts: Arbitrary<readonly (readonly BurstCall[])[]> = fc.array(
  fc.array(call, { minLength: 1, maxLength: 12, size: 'max' }),
  { maxLength: 5, size: 'max' },
);
