import * as t from 'io-ts';
import { withPlan } from './decoding-plan';

/** A codec for a list with at least one item. */
export const nonEmptyListCodec = <Item>(
  item: t.Type<Item, unknown>,
): t.Type<readonly [Item, ...Item[]], unknown> => {
  type List = readonly [Item, ...Item[]];
  const items = t.readonlyArray(item);
  const codec = new t.Type<List, unknown>(
    'a list with at least one item',
    (value): value is List => items.is(value) && value.length > 0,
    (input, context) => {
      if (Array.isArray(input) && input.length === 0) return t.failure(input, context);
      return items.validate(input, context) as t.Validation<List>;
    },
    (value) => items.encode(value),
  );
  return withPlan(codec, { kind: 'non-empty-list', items: item });
};
