import { contract, contractEventCodec, contractStream, type ContractId } from '@mandate/domain';
import { loadAggregate, type EventStore } from '@mandate/event-sourcing';
import { formatKeyPath, type Fence, type FenceRecord, type KeyStore } from '@mandate/vault';
import type { ContractEnded } from './erasure-events';
import type { ErasureLedger } from './erasure-ledger';

export interface LedgerComparison {
  /** Erased keys that the key store does not know to be erased. */
  readonly missingKeys: readonly FenceRecord[];
  /** Keys that are fenced and not destroyed yet: a crash came between, here or when erasures were applied again. */
  readonly unfinishedKeys: readonly FenceRecord[];
  /** Contracts that ended and go on in this history. */
  readonly missingEnds: readonly ContractEnded['data'][];
  /** Fences that were not on record: written before a crash, or before there was a ledger. */
  readonly unrecorded: readonly FenceRecord[];
  /** How often erasures were applied again after a restore. */
  readonly reapplications: number;
}

const fencesPerPage = 1000;

const fencesIn = async (keyStore: Pick<KeyStore, 'listFences'>): Promise<Map<string, Fence>> => {
  const fences = new Map<string, Fence>();
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<KeyStore['listFences']>> = await keyStore.listFences({
      after,
      limit: fencesPerPage,
    });
    for (const fence of page.fences) fences.set(formatKeyPath(fence.path), fence);
    after = page.next;
  } while (after !== null);
  return fences;
};

/** A contract that this history does not know has nothing in it that could go on. */
const goesOn = async (eventStore: EventStore, contractId: ContractId): Promise<boolean> => {
  const { state } = await loadAggregate(eventStore, contractStream(contractId), {
    decider: contract,
    codec: contractEventCodec,
  });
  return state.status === 'concluded';
};

export interface ComparedStores {
  readonly ledger: Pick<ErasureLedger, 'read'>;
  readonly keyStore: Pick<KeyStore, 'listFences'>;
  readonly eventStore: EventStore;
}

/** Looks for everything on record that history and key store do not know. Changes nothing. Holds all fences in memory. */
export const compareWithLedger = async ({
  ledger,
  keyStore,
  eventStore,
}: ComparedStores): Promise<LedgerComparison> => {
  const fences = await fencesIn(keyStore);
  const missingKeys: FenceRecord[] = [];
  const unfinishedKeys: FenceRecord[] = [];
  const missingEnds: ContractEnded['data'][] = [];
  let reapplications = 0;
  for await (const erasure of ledger.read()) {
    if (erasure.type === 'ErasuresReapplied') {
      reapplications = Math.max(reapplications, erasure.data.reapplication);
    } else if (erasure.type === 'ContractEnded') {
      if (await goesOn(eventStore, erasure.data.contractId)) missingEnds.push(erasure.data);
    } else {
      const path = formatKeyPath(erasure.data.path);
      const fence = fences.get(path);
      fences.delete(path);
      if (fence === undefined) missingKeys.push(erasure.data);
      else if (fence.destruction === null) unfinishedKeys.push(erasure.data);
    }
  }
  const unrecorded = [...fences.values()];
  return { missingKeys, unfinishedKeys, missingEnds, unrecorded, reapplications };
};
