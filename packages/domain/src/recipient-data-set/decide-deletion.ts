import { left, right } from 'fp-ts/Either';
import { epochMillisecondsOf } from '@mandate/event-sourcing';
import type { NonEmpty, StoreName } from '../vocabulary';
import type {
  AcknowledgeReturn,
  DeleteDataSet,
  DestroyKeys,
  EraseStore,
  OrderDeletion,
  ReturnDataSet,
} from './commands';
import type { DataSetDecision, DataSetFacts } from './decision';
import type { ErasureReceipt } from './receipt';
import type { DataSetRecord, DeletionProgress } from './state';

/** Whether nothing justifies any more that a data set is held: its contract is over, or the controller took it back (S25). */
const isOver = ({ contract, now }: DataSetFacts, { withdrawnFrom }: DataSetRecord): boolean =>
  contract.status === 'terminated' ||
  contract.status === 'closed' ||
  (withdrawnFrom !== undefined && withdrawnFrom <= now);

export const returnDataSet = (
  { data }: ReturnDataSet,
  record: DataSetRecord,
  facts: DataSetFacts,
): DataSetDecision => {
  if (!isOver(facts, record)) return left({ reason: 'contract-not-terminated' });
  const isChosen =
    facts.contract.status !== 'none' && facts.contract.agreement.endOfService === 'return-then-delete';
  if (!isChosen) return left({ reason: 'return-not-chosen' });
  return record.returned === 'no' ? right([{ type: 'DataSetReturned', data }]) : right([]);
};

export const acknowledgeReturn = ({ data }: AcknowledgeReturn, record: DataSetRecord): DataSetDecision => {
  switch (record.returned) {
    case 'no':
      return left({ reason: 'not-returned' });
    case 'returned':
      return right([{ type: 'ReturnAcknowledged', data }]);
    case 'acknowledged':
      return right([]);
  }
};

/** Writes down what will be destroyed, before anything is, and only when nothing stands in the way. */
export const orderDeletion = (
  { data }: OrderDeletion,
  record: DataSetRecord,
  facts: DataSetFacts,
): DataSetDecision => {
  if (!isOver(facts, record) || facts.contract.status === 'none')
    return left({ reason: 'contract-not-terminated' });
  const choice = facts.contract.agreement.endOfService;
  if (choice === 'return-then-delete' && record.returned !== 'acknowledged') {
    return left({ reason: 'return-not-acknowledged' });
  }
  for (const [retentionId, until] of record.retentions) {
    if (facts.now < until.at) return left({ reason: 'retention-in-force', retentionId, until: until.at });
  }
  // A data set is entrusted with at least one store, and none is ever unregistered.
  const stores = [...record.stores] as readonly StoreName[] as NonEmpty<StoreName>;
  return right([
    { type: 'DeletionOrdered', data: { ...data, choice, recipients: record.recipients, stores } },
  ]);
};

/** How far the clock of a store may be behind that of the vault, in milliseconds. */
const clockSkewMaxMs = 300_000;

/** Whether a store says that it began to erase before anybody could have told it to: keys are destroyed first. */
const isBeforeOrder = (
  { firstActionAt }: ErasureReceipt,
  { keysDestroyedAt }: DeletionProgress,
  { contract }: DataSetFacts,
): boolean => {
  const endedAt =
    contract.status === 'terminated' || contract.status === 'closed' ? contract.endedAt.at : undefined;
  const orderedAt = keysDestroyedAt ?? endedAt;
  return (
    orderedAt !== undefined &&
    epochMillisecondsOf(firstActionAt) + clockSkewMaxMs < epochMillisecondsOf(orderedAt)
  );
};

/** A receipt is believed when it accounts for everything found, at times that can have been. */
export const eraseStore = (
  { data }: EraseStore,
  { record, deletion }: { readonly record: DataSetRecord; readonly deletion: DeletionProgress },
  facts: DataSetFacts,
): DataSetDecision => {
  const { now } = facts;
  const { store, receipt } = data;
  const { found, erased, firstActionAt, lastActionAt } = receipt;
  if (!record.stores.has(store)) return left({ reason: 'store-not-registered', store });
  if (deletion.erased.has(store)) return right([]);
  if (erased !== found) return left({ reason: 'erasure-incomplete', store, found, erased });
  const isImpossible =
    lastActionAt < firstActionAt || now < lastActionAt || isBeforeOrder(receipt, deletion, facts);
  return isImpossible
    ? left({ reason: 'receipt-time-impossible', store, firstActionAt, lastActionAt, now })
    : right([{ type: 'StoreErased', data }]);
};

export const destroyKeys = ({ data }: DestroyKeys, deletion: DeletionProgress): DataSetDecision =>
  deletion.keysDestroyedAt !== undefined ? right([]) : right([{ type: 'KeysDestroyed', data }]);

/** Deleted is said once, when every key and every store has been accounted for (S15). */
export const deleteDataSet = (
  { data }: DeleteDataSet,
  record: DataSetRecord,
  deletion: DeletionProgress,
): DataSetDecision => {
  if (deletion.keysDestroyedAt === undefined) return left({ reason: 'keys-not-destroyed' });
  const stores = [...record.stores].filter((store) => !deletion.erased.has(store));
  return stores.length === 0
    ? right([{ type: 'DataSetDeleted', data }])
    : left({ reason: 'stores-not-erased', stores });
};
