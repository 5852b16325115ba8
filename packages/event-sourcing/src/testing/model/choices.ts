import fc, { type Arbitrary } from 'fast-check';
import type { EventFilter } from '../../event-store/event-store';

/** Which handle a step goes through. */
export type Through = Arbitrary<number>;

// One name is the beginning of another, and two differ by case only.
const streams = ['order', 'order-1', 'Order'] as const;
const types = ['A', 'B', 'C'] as const;

export const stream = fc.constantFrom(...streams);

export const eventTypes = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 4, size: 'max' });

/** A number that is reduced to what exists at that moment, so that every step shrinks. */
export const which = fc.nat({ max: 30 });

export const limit = fc.integer({ min: 1, max: 6 });

export const filter: Arbitrary<EventFilter> = fc.record(
  {
    types: fc.subarray([...types]),
    streamPrefix: fc.constantFrom('', 'o', 'order', 'order-', 'O', '%'),
  },
  { requiredKeys: [] },
);

export const wordsOf = ({ types: wanted, streamPrefix }: EventFilter): string =>
  [
    ...(wanted === undefined ? [] : [` of types (${wanted.join(', ')})`]),
    ...(streamPrefix === undefined ? [] : [` of streams "${streamPrefix}…"`]),
  ].join('');
