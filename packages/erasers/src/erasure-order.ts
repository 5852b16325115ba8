import type { ErasureOrder } from '@mandate/deletion';
import { contractId, dataSetId, storeName } from '@mandate/domain';
import { recordCodec, uuidCodec } from '@mandate/event-sourcing';
import type * as t from 'io-ts';

/** An order as it stands in a file or a message. */
export const erasureOrder: t.Type<ErasureOrder, unknown> = recordCodec<ErasureOrder>('an erasure order', {
  contractId,
  dataSetId,
  store: storeName,
  idempotencyKey: uuidCodec('idempotency key'),
});

/** The order alone, without whatever else an object that has its fields may carry. */
export const orderIn = ({ contractId, dataSetId, store, idempotencyKey }: ErasureOrder): ErasureOrder => ({
  contractId,
  dataSetId,
  store,
  idempotencyKey,
});

export const isSameOrder = (one: ErasureOrder, other: ErasureOrder): boolean =>
  one.contractId === other.contractId &&
  one.dataSetId === other.dataSetId &&
  one.store === other.store &&
  one.idempotencyKey === other.idempotencyKey;
