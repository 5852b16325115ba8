import type * as t from 'io-ts';

type Field = readonly [name: string, codec: t.Mixed];

/** What decoding with a codec of this package does, as data: the codec itself is a function nobody can look into. */
export type DecodingPlan =
  | { readonly kind: 'guard'; readonly is: (value: unknown) => boolean }
  | { readonly kind: 'record'; readonly required: readonly Field[]; readonly optional: readonly Field[] }
  | { readonly kind: 'non-empty-list'; readonly items: t.Mixed };

const plans = new WeakMap<t.Mixed, DecodingPlan>();

/** Notes how a codec decodes; a copy of the codec with another `validate` does not inherit the note. */
export const withPlan = <Codec extends t.Mixed>(codec: Codec, plan: DecodingPlan): Codec => {
  plans.set(codec, plan);
  return codec;
};

export const planOf = (codec: t.Mixed): DecodingPlan | undefined => plans.get(codec);
