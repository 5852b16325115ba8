import fc, { type Arbitrary } from 'fast-check';
import type {
  EventStore,
  EventToAppend,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store/event-store';
import { EventStoreError } from '../event-store/event-store-error';
import { crashed, suffer, unreachable, type FaultyCall, type StoreFault } from './store-fault';

/** What a store is asked for; of a subscription, every batch counts as one call. */
export type StoreOperation = 'append' | 'readStream' | 'readAll' | 'subscribe' | 'eraseStream';

/** One fault at one call. Plans are data, so that a run with the same plan goes the same way. */
export interface PlannedFault {
  /** The number of the call, from 1; among those of `operation`, if that is given. */
  readonly call: number;
  readonly operation?: StoreOperation;
  readonly fault: StoreFault;
}

export interface FaultStoreOptions {
  readonly faults: readonly PlannedFault[];
  /** How a delayed call waits. Default: until the event loop has turned once. */
  readonly pause?: () => Promise<void>;
}

/** A store behind which things go wrong as planned. */
export interface FaultStore extends EventStore {
  /** Everything it was asked for, in order, whatever came of it. */
  readonly calls: () => readonly StoreOperation[];
  /** Whether the crash has come; from then on every call is refused, and no answer arrives any more. */
  readonly isCrashed: () => boolean;
}

const untilNextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** As given, whatever the caller does to it during a delay; what cannot be copied the store will refuse. */
const copyOf = (events: readonly EventToAppend[]): readonly EventToAppend[] => {
  try {
    return structuredClone(events);
  } catch {
    return events;
  }
};

/** Wraps a store, so that calls fail, hang, repeat or lose their answer, and the process dies, as planned. */
export const createFaultStore = (
  store: EventStore,
  { faults, pause = untilNextTurn }: FaultStoreOptions,
): FaultStore => {
  const calls: StoreOperation[] = [];
  let isCrashed = false;

  const requireLife = (): void => {
    if (isCrashed) throw crashed();
  };
  const die = (): void => {
    isCrashed = true;
  };

  const faultAt = (operation: StoreOperation): StoreFault | undefined => {
    const [call, callOfItsKind] = [calls.length, calls.filter((made) => made === operation).length];
    return faults.find((planned) =>
      planned.operation === undefined
        ? planned.call === call
        : planned.operation === operation && planned.call === callOfItsKind,
    )?.fault;
  };

  const make = async <T>(call: FaultyCall<T> & { readonly operation: StoreOperation }): Promise<T> => {
    calls.push(call.operation);
    requireLife();
    const answer = await suffer(call, faultAt(call.operation), { pause, die });
    // The dead receive no answers.
    requireLife();
    return answer;
  };

  const making = <T>(operation: StoreOperation, perform: () => Promise<T>): Promise<T> =>
    make({ operation, perform, unknown: unreachable });

  async function* subscribe(options?: SubscribeOptions): AsyncGenerator<SubscriptionBatch, void, undefined> {
    for await (const batch of store.subscribe(options)) {
      yield await making('subscribe', () => Promise.resolve(batch));
    }
  }

  return {
    storeId: store.storeId,
    capabilities: store.capabilities,
    append: (stream, expected, events) => {
      const given = copyOf(events);
      return make({
        operation: 'append',
        perform: () => store.append(stream, expected, given),
        unknown: () =>
          new EventStoreError({ kind: 'outcome-unknown', eventIds: given.map(({ eventId }) => eventId) }),
      });
    },
    readStream: (...request) => making('readStream', () => store.readStream(...request)),
    readAll: (...request) => making('readAll', () => store.readAll(...request)),
    subscribe,
    eraseStream: (stream) => making('eraseStream', () => store.eraseStream(stream)),
    close: () => store.close(),
    calls: () => [...calls],
    isCrashed: () => isCrashed,
  };
};

const survivableFaults = [
  'fail-before',
  'lose-request',
  'lose-acknowledgement',
  'delay',
  'duplicate',
] as const;

/** Random plans of faults that a process survives, for property-based tests. */
export const plannedFaults = ({
  callsMax = 30,
  faults = survivableFaults,
}: {
  /** The last call at which a fault may be planned. */
  readonly callsMax?: number;
  readonly faults?: readonly StoreFault[];
} = {}): Arbitrary<readonly PlannedFault[]> =>
  fc.uniqueArray(
    fc.record({ call: fc.integer({ min: 1, max: callsMax }), fault: fc.constantFrom(...faults) }),
    { selector: ({ call }) => call },
  );
