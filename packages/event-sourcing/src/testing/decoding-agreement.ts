import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { deepStrictEqual } from 'node:assert';

type Decode = (input: unknown) => t.Validation<unknown>;

/** The places at which a result holds the very object of its input. */
const sharedPlaces = (result: unknown, input: unknown, path = ''): readonly string[] => {
  if (typeof result !== 'object' || result === null || typeof input !== 'object' || input === null) return [];
  const inner = Object.keys(result).flatMap((key) =>
    sharedPlaces(
      (result as Readonly<Record<string, unknown>>)[key],
      (input as Readonly<Record<string, unknown>>)[key],
      `${path}.${key}`,
    ),
  );
  return result === input ? [path, ...inner] : inner;
};

/** The names of all fields, in their order: a comparison of values does not see it. */
const orderOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(orderOf);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(([key, each]: [string, unknown]) => [key, orderOf(each)]);
};

/** An error with codecs and values as they are, by identity where that matters. */
const spelledOut = ({ value, context, message }: t.ValidationError): readonly unknown[] => [
  value,
  message,
  context.map(({ key }) => key),
  context.map(({ type }) => type.name),
  context.map(({ actual }) => actual),
];

/** Throws unless a decoder does with an input what the codec does: the same verdict, result and errors. */
export const assertDecodesAlike = (decode: Decode, codec: t.Mixed, input: unknown): void => {
  const [found, expected] = [decode(input), codec.decode(input)];
  if (isLeft(found) || isLeft(expected)) {
    deepStrictEqual(found._tag, expected._tag);
    deepStrictEqual(
      isLeft(found) && found.left.map(spelledOut),
      isLeft(expected) && expected.left.map(spelledOut),
    );
    return;
  }
  deepStrictEqual(found.right, expected.right);
  deepStrictEqual(orderOf(found.right), orderOf(expected.right));
  deepStrictEqual(sharedPlaces(found.right, input), sharedPlaces(expected.right, input));
};
