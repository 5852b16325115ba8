import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import * as t from 'io-ts';
import { checkedDecoder, readerOf } from './checked-decoder';
import { guardedCodec, isRecord } from './guarded-codec';
import { recordCodec } from './record-codec';
import { perhapsDamaged } from '../testing/damage';
import { assertDecodesAlike } from '../testing/decoding-agreement';
import { knownCodecs } from '../testing/known-codecs';
import { randomCodecs, randomInputs } from '../testing/random-codecs';
import { uuidCodec, type Uuid } from '../values/uuid';

type DecoderOf = (codec: t.Mixed) => (input: unknown) => t.Validation<unknown>;

const leaf = fc.constantFrom<unknown[]>('yes', 'text', '', 0, 1, true, null);

const bare = fc.oneof(leaf, fc.constantFrom<unknown[]>([], {}, undefined, -0), fc.constant(new Date(0)));

/** That decoders made for random codecs decode right, damaged and arbitrary values exactly as the codecs do. */
const assertAgrees = (decoderOf: DecoderOf): void => {
  const withValue = knownCodecs.chain(({ codec, values }) =>
    fc
      .oneof({ weight: 4, arbitrary: values.chain(perhapsDamaged) }, { weight: 1, arbitrary: bare })
      .map((input): [t.Mixed, unknown] => [codec, input]),
  );
  fc.assert(
    fc.property(withValue, ([codec, input]) => assertDecodesAlike(decoderOf(codec), codec, input)),
    { numRuns: 3000 },
  );
  fc.assert(
    fc.property(randomCodecs, fc.oneof(randomInputs(leaf), fc.anything()), (codec, input) =>
      assertDecodesAlike(decoderOf(codec), codec, input),
    ),
    { numRuns: 1000 },
  );
};

describe('a checked decoder', () => {
  it('accepts, refuses and returns exactly what its codec does, and explains in the same words', () => {
    assertAgrees(checkedDecoder);
  });

  const withoutUnknown = (input: unknown): unknown =>
    isRecord(input) && 'surplus' in input
      ? Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'surplus'))
      : input;

  const mutants: readonly (readonly [string, DecoderOf])[] = [
    ['takes everything', () => right],
    [
      'takes what it should refuse, as an unknown field',
      (codec) => (input) => codec.decode(withoutUnknown(input)),
    ],
    [
      'takes every list for one with an item',
      (codec) => (input) => (Array.isArray(input) && input.length === 0 ? right(input) : codec.decode(input)),
    ],
    [
      'returns the very object that it was given',
      (codec) => (input) => (isLeft(codec.decode(input)) ? codec.decode(input) : right(input)),
    ],
    [
      'makes a copy where the codec makes none',
      (codec) => (input) => {
        const decoded = codec.decode(input);
        return isLeft(decoded) ? decoded : right(structuredClone(decoded.right));
      },
    ],
    [
      'refuses without saying why',
      (codec) => (input) => {
        const decoded = codec.decode(input);
        return isLeft(decoded) ? t.failures([]) : decoded;
      },
    ],
    [
      'names the input another way',
      (codec) => (input) => codec.validate(input, [{ key: 'input', type: codec, actual: input }]),
    ],
  ];

  it.each(mutants)('is told from one that %s', (_what, mutant) => {
    expect(() => assertAgrees(mutant)).toThrow('Property failed');
  });

  it.each([
    [t.union([t.literal(0), t.number]), 0],
    [t.union([t.number, t.literal(0)]), -0],
  ])('lets the first member of a union that takes a value decode it', (codec, expected) => {
    expect(readerOf(codec)?.(-0)).toBe(expected);
    expect(codec.decode(-0)).toStrictEqual(right(expected));
  });

  it('does not follow a codec that was copied and decodes in another way', () => {
    const doubled: t.Type<number, unknown> = new t.Type(
      'doubled',
      t.number.is,
      (input, context) => (typeof input === 'number' ? t.success(input * 2) : t.failure(input, context)),
      t.identity,
    );
    const otherwise: Pick<typeof doubled, 'validate' | 'decode'> = {
      validate: (input, context) => doubled.validate(input, context),
      decode: (input) => doubled.decode(input),
    };
    const copyOf = (codec: t.Mixed): t.Mixed => {
      const copy = Object.create(Object.getPrototypeOf(codec) as object) as t.Mixed & typeof otherwise;
      return Object.assign<t.Mixed, t.Mixed, typeof otherwise>(copy, codec, otherwise);
    };
    const copies = [
      copyOf(t.number),
      copyOf(t.literal(2)),
      copyOf(t.array(t.number)),
      copyOf(t.union([t.number, t.string])),
      copyOf(guardedCodec('a number', t.number.is)),
    ];
    for (const copy of copies) {
      expect(readerOf(copy)).toBeUndefined();
      expect(checkedDecoder(recordCodec<{ of: unknown }>('of', { of: copy }))({ of: 2 })).toEqual(
        right({ of: 4 }),
      );
    }
  });

  it('asks the codec nothing about a right value that consists of known parts', () => {
    const codec = recordCodec<{ ids: readonly Uuid[]; unit: 'days' | 'months' }>('known', {
      ids: t.readonlyArray(uuidCodec('id')),
      unit: t.union([t.literal('days'), t.literal('months')]),
    });
    const value = { ids: ['6ba7b810-9dad-11d1-80b4-00c04fd430c8'], unit: 'days' };
    const decode = checkedDecoder(
      Object.defineProperty(codec, 'decode', {
        value: () => {
          throw new Error('The codec was asked.');
        },
      }),
    );
    expect(decode(value)).toEqual(right(value));
    expect(() => decode({ ...value, unit: 'years' })).toThrow('The codec was asked.');
  });
});
