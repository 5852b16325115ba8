import fc, { type Arbitrary } from 'fast-check';
import * as t from 'io-ts';
import { recordCodec } from '../codecs/record-codec';

const fieldNames = ['a', 'b', 'cc'] as const;

/** Sizes that keep a random tree small enough to be read when it fails. */
const few = { minLength: 1, maxLength: 3 } as const;

/** Random codecs of every kind that nests: the paths through them are what is tested. */
export const randomCodecs: Arbitrary<t.Mixed> = fc.letrec<{
  codec: t.Mixed;
  leaf: t.Mixed;
  tree: t.Mixed;
}>((tie) => {
  const fields = fc.dictionary(fc.constantFrom(...fieldNames), tie('codec'), {
    minKeys: 1,
    noNullPrototype: true,
  });
  const members = fc.tuple(tie('codec'), tie('codec')).map((pair) => pair);
  return {
    codec: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie('leaf'), tie('tree')),
    leaf: fc.constantFrom<t.Mixed[]>(t.string, t.number, t.boolean, t.literal('yes') as t.Mixed),
    tree: fc.oneof(
      tie('codec').map((item): t.Mixed => t.array(item)),
      tie('codec').map((item): t.Mixed => t.record(t.string, item)),
      fields.map((of) => recordCodec('Record', of as never) as t.Mixed),
      fields.map((of): t.Mixed => t.type({ ...of })),
      fields.map((of): t.Mixed => t.exact(t.partial({ ...of }))),
      members.map((both): t.Mixed => t.union(both)),
      members.map((both): t.Mixed => t.intersection(both)),
      members.map((both): t.Mixed => t.tuple(both)),
      members.map((both): t.Mixed => t.readonly(t.union(both))),
      members.map((both): t.Mixed => t.recursion('Later', () => t.intersection(both) as never)),
    ),
  };
}).codec;

/** Random inputs that often fit a codec for some part of the way, made of the given leaves and further keys. */
export const randomInputs = (
  leaves: Arbitrary<unknown>,
  keys: Arbitrary<string> = fc.constantFrom(...fieldNames),
): Arbitrary<unknown> =>
  fc.letrec<{ input: unknown }>((tie) => ({
    input: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaves,
      fc.array(tie('input'), few),
      fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames), keys), tie('input'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  })).input;
