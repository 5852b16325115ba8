import {
  decodeRecorded,
  derivedUuid,
  eventsToAppend,
  isEventStoreError,
  type EventStore,
  type Instant,
  type Uuid,
} from '@mandate/event-sourcing';
import { formatKeyPath, type FenceRecord } from '@mandate/vault';
import { erasureCodec, type RecordedErasure } from './erasure-events';

/**
 * What was erased, and which contracts ended, on record apart from history and keys, so that no restore takes it back: a
 * backup that is older than an erasure brings erased data to life, and what stands here is then applied again (S13).
 */
export interface ErasureLedger {
  /** Resolves once it is durable. The same again does no harm. */
  readonly record: (erasure: RecordedErasure) => Promise<void>;
  /** As `record`, for a key. */
  readonly recordFence: (fence: FenceRecord) => Promise<void>;
  /** Everything on record, in the order in which it was recorded. Rejects with what cannot be read: a gap is no ledger. */
  readonly read: () => AsyncIterable<RecordedErasure>;
}

/** The ledger of a processor, and how often what stands in it was applied again after a restore. */
export interface RecordedErasures {
  readonly ledger: ErasureLedger;
  readonly reapplications: number;
}

const namespace = 'f3a0f1f6-5f0c-4f86-9c5b-0a6f4a3f5a11' as Uuid;

/** What an erasure is about: there is one record for each. */
const subjectOf = (erasure: RecordedErasure): string => {
  switch (erasure.type) {
    case 'KeyErased':
      return `key/${formatKeyPath(erasure.data.path)}`;
    case 'ContractEnded':
      return `contract/${erasure.data.contractId}`;
    case 'ErasuresReapplied':
      return `reapplication/${erasure.data.reapplication}`;
  }
};

/** A ledger in an event store of its own, which must not be backed up and restored together with the history. */
export const createErasureLedger = (store: EventStore): ErasureLedger => {
  const record: ErasureLedger['record'] = async (erasure) => {
    const id = derivedUuid(subjectOf(erasure), namespace);
    const metadata = { commandId: id, correlationId: id, causationId: id, actor: 'deletion' };
    try {
      await store.append(
        `erasure-${id}`,
        'no-stream',
        eventsToAppend([erasureCodec.encode(erasure)], metadata),
      );
    } catch (error) {
      // On record already, from before a restore: what was said first stays.
      if (!isEventStoreError(error) || error.code !== 'version-conflict') throw error;
    }
  };
  return {
    record,
    recordFence: ({ path, fenceRevision, fencedAt }) =>
      record({ type: 'KeyErased', data: { path, fenceRevision, fencedAt: fencedAt as Instant } }),
    read: async function* () {
      let after: Awaited<ReturnType<EventStore['readAll']>>['next'];
      for (;;) {
        const page = await store.readAll({ after });
        for (const recorded of page.events) yield decodeRecorded(erasureCodec, recorded);
        if (page.atHead) return;
        after = page.next;
      }
    },
  };
};
