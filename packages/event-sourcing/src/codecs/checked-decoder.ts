import * as t from 'io-ts';
import { planOf, type DecodingPlan } from './decoding-plan';
import {
  guardReader,
  listReader,
  literalReader,
  nonEmptyListReader,
  recordReader,
  refused,
  unionReader,
  type FieldReader,
  type ValueReader,
} from './value-reader';

/** Codecs of io-ts that keep a value as it is, each with its own check. */
const kept: ReadonlyMap<t.Mixed, ValueReader> = new Map(
  [t.string, t.number, t.boolean, t.null].map((codec): [t.Mixed, ValueReader] => [
    codec,
    guardReader((value) => codec.is(value)),
  ]),
);

interface Composed {
  readonly _tag?: unknown;
  readonly value?: unknown;
  readonly type?: t.Mixed;
  readonly types?: readonly t.Mixed[];
}

const sourceOf = (codec: t.Mixed): string => Function.prototype.toString.call(codec.validate);

// A copy of a codec keeps its tag while it may decode in another way, so `validate` has to be the one that io-ts
// gives to all of this kind. A union with a tag has another one, and is left to io-ts.
const literalSource = sourceOf(t.literal('one'));
const listSource = sourceOf(t.array(t.string));
const unionSource = sourceOf(t.union([t.string, t.number]));

const every = <T>(readers: readonly (T | undefined)[]): readonly T[] | undefined =>
  readers.includes(undefined) ? undefined : (readers as readonly T[]);

const fieldReaders = (fields: readonly (readonly [string, t.Mixed])[]): readonly FieldReader[] | undefined =>
  every(
    fields.map(([name, codec]) => {
      const read = readerOf(codec);
      return read && { name, read };
    }),
  );

const plannedReader = (plan: DecodingPlan): ValueReader | undefined => {
  switch (plan.kind) {
    case 'guard':
      return guardReader(plan.is);
    case 'non-empty-list': {
      const item = readerOf(plan.items);
      return item && nonEmptyListReader(item);
    }
    case 'record': {
      const [required, optional] = [fieldReaders(plan.required), fieldReaders(plan.optional)];
      return required && optional && recordReader(required, optional);
    }
  }
};

const listOf = (item: t.Mixed | undefined): ValueReader | undefined => {
  const read = item && readerOf(item);
  return read && listReader(read);
};

const unionOf = (types: readonly t.Mixed[] = []): ValueReader | undefined => {
  const members = every(types.map(readerOf));
  return members && unionReader(members);
};

const composedReader = (codec: t.Mixed): ValueReader | undefined => {
  const { _tag: tag, value, type, types } = codec as Composed;
  const source = sourceOf(codec);
  if (tag === 'LiteralType' && source === literalSource) return literalReader(value);
  if ((tag === 'ArrayType' || tag === 'ReadonlyArrayType') && source === listSource) return listOf(type);
  if (tag === 'UnionType' && source === unionSource) return unionOf(types);
  return undefined;
};

/** A reader that takes exactly what the codec takes; absent for a codec that decodes in a way not known here. */
export const readerOf = (codec: t.Mixed): ValueReader | undefined => {
  const plan = planOf(codec);
  return plan === undefined ? (kept.get(codec) ?? composedReader(codec)) : plannedReader(plan);
};

/**
 * Decodes exactly as a codec does, and faster where the value is right and the codec consists of known parts: io-ts
 * makes a context and a result for every place in a value, which is only needed where something is wrong. What the
 * reader refuses, the codec itself explains.
 */
export const checkedDecoder = <A>(codec: t.Type<A, unknown>): ((input: unknown) => t.Validation<A>) => {
  const read = readerOf(codec);
  if (read === undefined) return (input) => codec.decode(input);
  return (input) => {
    const value = read(input);
    return value === refused ? codec.decode(input) : t.success(value as A);
  };
};
