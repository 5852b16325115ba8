import fc, { type Arbitrary } from 'fast-check';
import type { FaultAtCall, StoreFault } from '@mandate/event-sourcing/testing';
import { contractIdOf, storeNames, type StoreName } from './names';

/** What a store answers to an order, when its turn comes. */
export const replies = [
  'done',
  'fails',
  'throws-an-address',
  'fails-with-an-address',
  'receipt-with-an-address',
  'nothing',
  'hangs',
  'done-late',
  'absent',
  'half-done',
  'done-before-it-was-told',
  'done-in-the-future',
] as const;
export type Reply = (typeof replies)[number];

/** How a store answers for ever that is never erased; `missing`: nobody has given it an eraser. */
export const refusals = [
  'missing',
  'fails',
  'throws-an-address',
  'half-done',
  'receipt-with-an-address',
] as const;
export type Refusal = (typeof refusals)[number];

export interface DataSetPlan {
  readonly stores: readonly StoreName[];
  readonly recipients: readonly string[];
}

export interface ContractPlan {
  readonly choice: 'delete' | 'return-then-delete';
  readonly end: 'by-notice' | 'by-agreement';
  readonly endsOnDay: number;
  readonly dataSets: readonly DataSetPlan[];
}

/** Something people do to one data set, or what reaches the log late. */
export interface Happening {
  readonly kind:
    | 'return-and-acknowledge'
    | 'return'
    | 'register-store'
    | 'apply-law'
    | 'apply-foreign-law'
    | 'lift-law'
    | 'entrust-late';
  readonly contract: number;
  readonly dataSet: number;
  /** How long a law lasts. */
  readonly days: number;
  readonly store: StoreName;
  /** On that day, or before that call of a process to the world. */
  readonly when: { readonly day: number } | { readonly call: number };
}

export interface Refusing {
  readonly store: StoreName;
  readonly contract?: number;
  readonly refusal: Refusal;
}

export const isRefusing = ({ contract }: Refusing, contractId: string): boolean =>
  contract === undefined || contractIdOf(contract) === contractId;

/** Everything that is left to chance. */
export interface Plan {
  readonly contracts: readonly ContractPlan[];
  readonly happenings: readonly Happening[];
  /** The first answers of each store, in order; then it does as it is told. */
  readonly replies: Readonly<Record<StoreName, readonly Reply[]>>;
  /** Whether a store that is asked again counts what it finds then, and forgets its first receipt. */
  readonly forgetful: readonly StoreName[];
  /** A store that is never erased: for all contracts, or for one. */
  readonly refusing?: Refusing | undefined;
  /** The faults in the life of each process, one process after another; the last one has none. */
  readonly lives: readonly (readonly FaultAtCall[])[];
}

const contractsMax = 3;
const store = fc.constantFrom(...storeNames);
const someStores = fc.subarray([...storeNames], { minLength: 1 });
const someRecipients = fc.subarray(['r1', 'r2', 'r3'], { minLength: 1 });

const contract: Arbitrary<ContractPlan> = fc.record({
  choice: fc.constantFrom('delete', 'delete', 'return-then-delete'),
  end: fc.constantFrom('by-notice', 'by-notice', 'by-agreement'),
  endsOnDay: fc.integer({ min: 2, max: 12 }),
  dataSets: fc.array(fc.record({ stores: someStores, recipients: someRecipients }), {
    minLength: 1,
    maxLength: 2,
    size: 'max',
  }),
});

const happening: Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom<Happening['kind'][]>(
    'return-and-acknowledge',
    'return-and-acknowledge',
    'return',
    'register-store',
    'apply-law',
    'apply-law',
    'apply-law',
    'apply-foreign-law',
    'lift-law',
    'entrust-late',
  ),
  contract: fc.integer({ min: 1, max: contractsMax }),
  dataSet: fc.integer({ min: 1, max: 3 }),
  days: fc.integer({ min: 1, max: 40 }),
  store,
  when: fc.oneof(
    fc.record({ day: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ call: fc.integer({ min: 1, max: 900 }) }),
  ),
});

const faults: readonly StoreFault[] = [
  'fail-before',
  'lose-request',
  'lose-acknowledgement',
  'delay',
  'duplicate',
  'crash-before',
  'crash-after',
];

const life: Arbitrary<readonly FaultAtCall[]> = fc.uniqueArray(
  fc.record({ call: fc.integer({ min: 1, max: 300 }), fault: fc.constantFrom(...faults) }),
  { selector: ({ call }) => call, maxLength: 8, size: 'max' },
);

const answers = fc.array(fc.constantFrom(...replies), { maxLength: 5, size: 'max' });

export const plans: Arbitrary<Plan> = fc.record({
  contracts: fc.array(contract, { minLength: 1, maxLength: contractsMax, size: 'max' }),
  happenings: fc.array(happening, { maxLength: 10, size: 'max' }),
  replies: fc.record({
    'recipient-database': answers,
    'message-archive': answers,
    'staff-export': answers,
  }),
  forgetful: fc.subarray([...storeNames]),
  refusing: fc.option(
    fc.oneof(
      fc.record({ store, refusal: fc.constantFrom(...refusals) }),
      fc.record({
        store,
        contract: fc.integer({ min: 1, max: contractsMax }),
        refusal: fc.constantFrom<Refusal[]>('fails', 'throws-an-address', 'half-done'),
      }),
    ),
    { nil: undefined },
  ),
  lives: fc.array(life, { maxLength: 4, size: 'max' }),
});
