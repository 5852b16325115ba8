import fc, { type Arbitrary } from 'fast-check';
import { happenings, replies, type Happening, type Reply } from '../order-promises';
import type { StoreFault } from '../store-fault';
import type { FaultAtCall } from './mortal';

/** Everything that is left to chance in a simulation, but for the order of things that happen at once. */
export interface Plan {
  readonly happenings: readonly (Happening | { readonly kind: 'crash' | 'rebuild' })[];
  /** What the world outside answers to the first effects. */
  readonly replies: readonly Reply[];
  /** The faults in the life of each process, one process after another. */
  readonly lives: readonly (readonly FaultAtCall[])[];
  /** How many processes run at once. */
  readonly processes: number;
  readonly leaseMs: number;
  readonly batchSize: number;
}

const faults: readonly StoreFault[] = [
  'fail-before',
  'lose-request',
  'lose-acknowledgement',
  'delay',
  'duplicate',
  'crash-before',
  'crash-after',
];

/** The faults in the life of one process, early or late in it. */
export const life: Arbitrary<readonly FaultAtCall[]> = fc.uniqueArray(
  fc.record({ call: fc.integer({ min: 1, max: 150 }), fault: fc.constantFrom(...faults) }),
  { selector: ({ call }) => call, maxLength: 6 },
);

const further = fc.constantFrom<{ readonly kind: 'crash' | 'rebuild' }[]>(
  { kind: 'crash' },
  { kind: 'rebuild' },
);

export const plans: Arbitrary<Plan> = fc.record({
  happenings: fc
    .tuple(happenings, happenings, fc.array(further, { maxLength: 3 }))
    .chain(([first, second, more]) => {
      const all = [...first, ...second, ...more];
      return fc.shuffledSubarray(all, { minLength: all.length });
    }),
  replies,
  lives: fc.array(life, { maxLength: 6 }),
  processes: fc.integer({ min: 1, max: 2 }),
  leaseMs: fc.constantFrom(0, 1000, 30_000),
  batchSize: fc.integer({ min: 1, max: 4 }),
});
