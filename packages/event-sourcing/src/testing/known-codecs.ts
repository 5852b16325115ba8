import fc, { type Arbitrary } from 'fast-check';
import * as t from 'io-ts';
import { guardedCodec, patternCodec } from '../codecs/guarded-codec';
import { nonEmptyListCodec } from '../codecs/non-empty-list-codec';
import { recordCodec } from '../codecs/record-codec';
import { instantCodec } from '../values/instant';
import { uuidCodec } from '../values/uuid';

/** A codec with values that it takes. */
export interface CodecWithValues {
  readonly codec: t.Mixed;
  readonly values: Arbitrary<unknown>;
}

const whole = guardedCodec('a whole number', (value): value is number => Number.isSafeInteger(value));

const leaves: readonly CodecWithValues[] = [
  { codec: t.string, values: fc.string() },
  { codec: t.number, values: fc.double() },
  { codec: t.boolean, values: fc.boolean() },
  { codec: t.null, values: fc.constant(null) },
  { codec: t.literal('yes'), values: fc.constant('yes') },
  { codec: t.literal(0), values: fc.constantFrom(0, -0) },
  { codec: whole, values: fc.integer() },
  { codec: patternCodec(/^[A-Z]{2}$/, 'a country'), values: fc.constantFrom('PL', 'DE') },
  { codec: uuidCodec('an id'), values: fc.uuid() },
  {
    codec: instantCodec,
    values: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString()),
  },
];

interface FieldOfRecord extends CodecWithValues {
  readonly isOptional: boolean;
}

const recordOf = (fields: Readonly<Record<string, FieldOfRecord>>): CodecWithValues => {
  const codecs = (isOptional: boolean) =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, field]) => field.isOptional === isOptional)
        .map(([name, { codec }]) => [name, codec]),
    );
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.values]));
  const requiredKeys = Object.keys(codecs(false));
  return {
    codec: recordCodec('a record', codecs(false) as never, codecs(true) as never) as t.Mixed,
    values: fc.record(values, { requiredKeys, noNullPrototype: true }),
  };
};

/** Random codecs of every kind that decodes without a context when all is right, and sometimes of another kind. */
export const knownCodecs: Arbitrary<CodecWithValues> = fc.letrec<{ known: CodecWithValues }>((tie) => {
  const pairs = fc.tuple(tie('known'), tie('known'));
  return {
    known: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...leaves),
      fc
        .dictionary(
          fc.constantFrom('a', 'b', 'cc', 'toString'),
          fc.tuple(tie('known'), fc.boolean()).map(([of, isOptional]) => ({ ...of, isOptional })),
          { minKeys: 1, noNullPrototype: true },
        )
        .map(recordOf),
      tie('known').map(({ codec, values }) => ({
        codec: t.array(codec),
        values: fc.array(values, { maxLength: 3 }),
      })),
      tie('known').map(({ codec, values }) => ({
        codec: t.readonlyArray(codec),
        values: fc.array(values, { maxLength: 3 }),
      })),
      tie('known').map(({ codec, values }) => ({
        codec: nonEmptyListCodec(codec) as t.Mixed,
        values: fc.array(values, { minLength: 1, maxLength: 3 }),
      })),
      pairs.map(([one, other]) => ({
        codec: t.union([one.codec, other.codec]),
        values: fc.oneof(one.values, other.values),
      })),
      // Of these the decoder knows nothing.
      tie('known').map(({ codec, values }) => ({
        codec: t.type({ a: codec }),
        values: fc.record({ a: values }, { noNullPrototype: true }),
      })),
    ),
  };
}).known;
