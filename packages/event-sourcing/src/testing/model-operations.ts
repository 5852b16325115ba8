import fc, { type Arbitrary } from 'fast-check';

/** One step of a random history. Numbers are reduced to what exists at that moment, so that every step shrinks. */
export type Operation =
  | {
      readonly type: 'append';
      readonly stream: string;
      /** How far the expected version lies from the actual one; mostly not at all. */
      readonly miss: number;
      readonly eventTypes: readonly string[];
      readonly note: string;
    }
  /** The same events at the same place as an earlier append, all of them or with one more. */
  | { readonly type: 'repeat'; readonly which: number; readonly isExtended: boolean }
  | { readonly type: 'reuse-event-id'; readonly which: number; readonly stream: string }
  | { readonly type: 'read-stream'; readonly stream: string; readonly after: number; readonly limit: number }
  | {
      readonly type: 'read-log';
      readonly after: number;
      readonly limit: number;
      readonly types: readonly string[] | undefined;
      readonly streamPrefix: string | undefined;
    }
  | { readonly type: 'follow'; readonly after: number; readonly types: readonly string[] | undefined }
  | { readonly type: 'erase'; readonly stream: string }
  | { readonly type: 'reopen' };

// One name is the beginning of another, and two differ by case only.
const streams = ['order', 'order-1', 'Order'] as const;
const types = ['A', 'B', 'C'] as const;

const stream = fc.constantFrom(...streams);
const which = fc.nat({ max: 30 });
const limit = fc.integer({ min: 1, max: 6 });
const someTypes = fc.option(fc.subarray([...types]), { nil: undefined });
const miss = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
);
const is = <const Type extends Operation['type']>(type: Type): Arbitrary<Type> => fc.constant(type);

/** Random histories, mostly of appends that succeed, so that the rest has something to meet. */
export const operations: Arbitrary<readonly Operation[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: Arbitrary<Operation> }[]>(
    {
      weight: 8,
      arbitrary: fc.record({
        type: is('append'),
        stream,
        miss,
        eventTypes: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 4 }),
        note: fc.string({ unit: 'binary', maxLength: 8 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: is('repeat'), which, isExtended: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ type: is('reuse-event-id'), which, stream }) },
    { weight: 2, arbitrary: fc.record({ type: is('read-stream'), stream, after: which, limit }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: is('read-log'),
        after: which,
        limit,
        types: someTypes,
        streamPrefix: fc.option(fc.constantFrom('', 'o', 'order', 'order-', 'O', '%'), { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: is('follow'), after: which, types: someTypes }) },
    { weight: 1, arbitrary: fc.record({ type: is('erase'), stream }) },
    { weight: 1, arbitrary: fc.record({ type: is('reopen') }) },
  ),
  { maxLength: 40, size: 'max' },
);
