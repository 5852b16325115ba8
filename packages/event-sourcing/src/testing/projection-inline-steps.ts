import fc, { type Arbitrary } from 'fast-check';
import type { Entry } from './sample-notes';

/** One append of a burst. Numbers are reduced to what exists at that moment, so that every step shrinks. */
export type InlineAppend =
  | {
      readonly type: 'new';
      readonly stream: string;
      /** How far the expected version lies from the actual one; mostly not at all. */
      readonly miss: number;
      readonly entries: readonly Entry[];
    }
  /** The same append once more, whatever became of it. */
  | { readonly type: 'repeat'; readonly which: number }
  /** New events, and behind them the id of an earlier one: refused when the others are written already. */
  | {
      readonly type: 'reuse-event-id';
      readonly stream: string;
      readonly which: number;
      readonly entries: readonly Entry[];
    };

export type InlineStep =
  /** Appends that are made at once, and what somebody does with the projections at the same time. */
  | {
      readonly type: 'burst';
      readonly appends: readonly InlineAppend[];
      readonly beside: 'nobody' | 'engine' | 'rebuilding-engine' | 'engine-that-does-not-know-it';
    }
  /** Events of somebody whose appends change no documents. */
  | { readonly type: 'append-elsewhere'; readonly stream: string; readonly entries: readonly Entry[] }
  | { readonly type: 'reopen' };

export const inlineStreams = ['a', 'b', 'c'] as const;

const stream = fc.constantFrom(...inlineStreams);
const which = fc.nat({ max: 30 });
const is = <const Type extends string>(type: Type): Arbitrary<Type> => fc.constant(type);

const entries = fc.array(
  fc.oneof<{ weight: number; arbitrary: Arbitrary<Entry> }[]>(
    { weight: 20, arbitrary: fc.constant('readable') },
    { weight: 3, arbitrary: fc.constant('unwanted') },
    { weight: 1, arbitrary: fc.constantFrom<Entry[]>('unreadable', 'unlucky') },
  ),
  { minLength: 1, maxLength: 3 },
);

const append = fc.oneof<{ weight: number; arbitrary: Arbitrary<InlineAppend> }[]>(
  {
    weight: 8,
    arbitrary: fc.record({
      type: is('new'),
      stream,
      miss: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
      ),
      entries,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('repeat'), which }) },
  { weight: 1, arbitrary: fc.record({ type: is('reuse-event-id'), stream, which, entries }) },
);

const step = fc.oneof<{ weight: number; arbitrary: Arbitrary<InlineStep> }[]>(
  {
    weight: 6,
    arbitrary: fc.record({
      type: is('burst'),
      appends: fc.array(append, { minLength: 1, maxLength: 6 }),
      beside: fc.oneof<
        { weight: number; arbitrary: Arbitrary<(InlineStep & { type: 'burst' })['beside']> }[]
      >(
        { weight: 3, arbitrary: fc.constant('nobody') },
        {
          weight: 2,
          arbitrary: fc.constantFrom('engine', 'rebuilding-engine', 'engine-that-does-not-know-it'),
        },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('append-elsewhere'), stream, entries }) },
  { weight: 1, arbitrary: fc.record({ type: is('reopen') }) },
);

/** Random histories of a store with an inline projection. */
export const inlineSteps: Arbitrary<readonly InlineStep[]> = fc.array(step, { maxLength: 10, size: 'max' });
