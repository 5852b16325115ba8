import type { StoreEraser } from '@mandate/deletion';
import type { Clock, EventStore } from '@mandate/event-sourcing';
import type { Processor } from '@mandate/processor';
import type { Fence, KeyStore } from '@mandate/vault';
import type { Matches } from './recipient-stores';

/** What a simulated system is made of, as far as a mutant has it wrong. */
export interface Parts {
  /** The keys, as the vault gets to see them. */
  readonly keyStore: (store: KeyStore) => KeyStore;
  /** The log, as the processor gets to see it. */
  readonly eventStore: (store: EventStore, erasers: Readonly<Record<string, StoreEraser>>) => EventStore;
  /** A store, as the processor gets to see it. */
  readonly eraser: (erase: StoreEraser, clock: Clock) => StoreEraser;
  /** Which rows an order names. */
  readonly matches: Matches;
  /** The processor, as everybody gets to see it. */
  readonly processor: (processor: Processor) => Processor;
}

export const rightParts: Parts = {
  keyStore: (store) => store,
  eventStore: (store) => store,
  eraser: (erase) => erase,
  matches: (row, { contractId, dataSetId }) => row.contractId === contractId && row.dataSetId === dataSetId,
  processor: (processor) => processor,
};

/** A key that is only marked as destroyed (S11). */
const keepingKeys = (store: KeyStore): KeyStore => ({
  ...store,
  destroy: async (path, at) => {
    const { fenceRevision } = await store.fence(path, at);
    return { path, fenceRevision, destroyedAt: at, keysDestroyed: await store.countKeys(path) };
  },
});

/** The key is destroyed, and only then is it written that none may come back. */
const fencingAfterwards = (store: KeyStore): KeyStore => ({
  ...store,
  fence: (path, at): Promise<Fence> =>
    Promise.resolve({ path, fenceRevision: 1, fencedAt: at, destruction: null }),
  destroy: async (path, at) => {
    const destruction = await store.destroy(path, at);
    await store.fence(path, at);
    return destruction;
  },
});

/** What failed twice counts as done: best effort (S15). */
const doingItsBest = (erase: StoreEraser, clock: Clock): StoreEraser => {
  const failures = new Map<string, number>();
  return async (order) => {
    const outcome = await erase(order).catch(() => ({ outcome: 'failed', reason: 'threw' }) as const);
    if ((outcome as unknown) === undefined || outcome.outcome !== 'failed') return outcome;
    const count = (failures.get(order.idempotencyKey) ?? 0) + 1;
    failures.set(order.idempotencyKey, count);
    if (count < 2) return outcome;
    const times = { firstActionAt: clock(), lastActionAt: clock() };
    const counts = { found: 0, erased: 0 };
    return {
      outcome: 'erased',
      receipt: { method: 'nothing-held', ...counts, ...times, verification: 'attested' },
    };
  };
};

/** A receipt that accounts for a part only is taken for the whole. */
const believingAnything = (erase: StoreEraser): StoreEraser => {
  return async (order) => {
    const outcome = await erase(order);
    if ((outcome as unknown) === undefined || outcome.outcome === 'failed') return outcome;
    const { receipt } = outcome;
    return { ...outcome, receipt: { ...receipt, erased: receipt.found } };
  };
};

/** Stores are asked when the deletion is ordered, with the keys still there. */
const askingStoresFirst: Parts['eventStore'] = (store, erasers) => ({
  ...store,
  append: async (stream, expected, events) => {
    const result = await store.append(stream, expected, events);
    for (const { type, eventId, data } of events) {
      if (type !== 'DeletionOrdered') continue;
      for (const name of data['stores'] as readonly string[])
        await erasers[name]?.({ ...data, store: name, idempotencyKey: eventId } as never).catch(
          () => undefined,
        );
    }
    return result;
  },
});

/** What an eraser threw goes on record, in whatever words it was. */
const recordingErrors = (): Pick<Parts, 'eventStore' | 'eraser'> => {
  let last = '';
  return {
    eraser: (erase) => (order) =>
      erase(order).catch((error: unknown) => {
        last = error instanceof Error ? error.message : last;
        throw error;
      }),
    eventStore: (store) => ({
      ...store,
      append: (stream, expected, events) =>
        store.append(
          stream,
          expected,
          events.map((event) =>
            event.type === 'EffectFailed' && last !== ''
              ? { ...event, metadata: { ...event.metadata, actor: last } }
              : event,
          ),
        ),
    }),
  };
};

/** A hold for the sake of one data set keeps everything of its account (S3). */
const holdingTheAccount = (processor: Processor): Processor => {
  const siblings = new Map<string, Set<string>>();
  const { entrust, applyRetentionLaw } = processor.dataSets;
  return {
    ...processor,
    dataSets: {
      ...processor.dataSets,
      entrust: (input, options) => {
        const { contractId, dataSetId } = input;
        siblings.set(contractId, (siblings.get(contractId) ?? new Set()).add(dataSetId));
        return entrust(input, options);
      },
      applyRetentionLaw: async (input, options) => {
        for (const dataSetId of siblings.get(input.contractId) ?? [])
          if (dataSetId !== input.dataSetId) await applyRetentionLaw({ ...input, dataSetId }, options);
        return applyRetentionLaw(input, options);
      },
    },
  };
};

/** What was entrusted by a race, after the end, is seen by nobody. */
const overlookingLateData: Parts['eventStore'] = (store) => ({
  ...store,
  readAll: async (options) => {
    const page = await store.readAll(options);
    return { ...page, events: page.events.filter(({ metadata }) => metadata.actor !== 'late') };
  },
});

/** What waits for a person is told to none. */
const hidingWhatIsParked = (processor: Processor): Processor => ({
  ...processor,
  deletions: {
    ...processor.deletions,
    outstanding: () => processor.deletions.outstanding().filter(({ parked }) => parked === undefined),
  },
});

/** Systems that are wrong on purpose: a simulation that does not find them out proves nothing. */
export const deletionMutants = {
  'key-kept-with-a-flag': () => ({ keyStore: keepingKeys }),
  'certificate-after-best-effort': () => ({ eraser: doingItsBest }),
  'fence-after-destruction': () => ({ keyStore: fencingAfterwards }),
  'deleted-by-number': () => ({
    matches: (row, { dataSetId }, numberOf) => row.number === numberOf(dataSetId),
  }),
  'hold-keeps-the-account': () => ({ processor: holdingTheAccount }),
  'believes-any-count': () => ({ eraser: believingAnything }),
  'stores-before-keys': () => ({ eventStore: askingStoresFirst }),
  'errors-on-record': recordingErrors,
  'overlooks-late-data': () => ({ eventStore: overlookingLateData }),
  'hides-what-is-parked': () => ({ processor: hidingWhatIsParked }),
} as const satisfies Readonly<Record<string, () => Partial<Parts>>>;

export type DeletionMutant = keyof typeof deletionMutants;
