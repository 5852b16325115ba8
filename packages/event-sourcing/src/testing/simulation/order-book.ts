import type { JsonObject } from '../../values/json';
import type { AnyDocumentProjection, DocumentProjection } from '../../projections/document-projection';
import { orderEventCodec, type OrderEvent } from '../sample-order';

/** The events of an order, by their ids, in the order in which they were applied. */
export interface OrderBook extends JsonObject {
  readonly applied: readonly string[];
}

/** A note with this number cannot be handled. */
export const poisonousNote = 9;

const projection: DocumentProjection<OrderBook, OrderEvent> = {
  name: 'order-book',
  version: 1,
  codec: orderEventCodec,
  partitionOf: ({ data: { orderId } }) => (typeof orderId === 'string' ? orderId : 'no-order'),
  keysOf: () => ['applied'],
  evolve: (book, { event, eventId }) => {
    if (event.type === 'OrderNoted' && event.data.note === poisonousNote) throw new RangeError('poison');
    return { applied: [...(book?.applied ?? []), eventId] };
  },
};

export const orderBook = projection as unknown as AnyDocumentProjection;
