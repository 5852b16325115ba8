import { isRecord } from './guarded-codec';

/** The answer of a reader to a value that its codec does not decode. */
export const refused: unique symbol = Symbol('refused');

/**
 * Decodes a value as its codec does, or answers `refused`: without a context, without errors, and so without making
 * anything but the result.
 */
export type ValueReader = (input: unknown) => unknown;

export const guardReader =
  (is: (value: unknown) => boolean): ValueReader =>
  (input) =>
    is(input) ? input : refused;

/** The literal itself is returned: -0 passes for 0. */
export const literalReader =
  (literal: unknown): ValueReader =>
  (input) =>
    input === literal ? literal : refused;

/** A list is only copied when an item is not what it was. */
export const listReader =
  (readItem: ValueReader): ValueReader =>
  (input) => {
    if (!Array.isArray(input)) return refused;
    const items = input as unknown[];
    let output = items;
    // A hole is an item that is not there, and is decoded as one, so the list is not iterated over.
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      const value = readItem(item);
      if (value === refused) return refused;
      if (value === item) continue;
      if (output === items) output = items.slice();
      output[index] = value;
    }
    return output;
  };

export const nonEmptyListReader = (readItem: ValueReader): ValueReader => {
  const readList = listReader(readItem);
  return (input) => (Array.isArray(input) && input.length === 0 ? refused : readList(input));
};

/** The first member that takes the value decodes it. */
export const unionReader =
  (members: readonly ValueReader[]): ValueReader =>
  (input) => {
    for (const read of members) {
      const value = read(input);
      if (value !== refused) return value;
    }
    return refused;
  };

type Fields = Readonly<Record<string, unknown>>;
type MutableFields = Record<string, unknown>;

export interface FieldReader {
  readonly name: string;
  readonly read: ValueReader;
}

/** A record is always a new object, with its fields in the order of the codec. */
export const recordReader = (
  required: readonly FieldReader[],
  optional: readonly FieldReader[],
): ValueReader => {
  const fields = [...required, ...optional];
  const known = new Set(fields.map(({ name }) => name));

  /** The place of a field, when it stands where the codec has it: no required one is left out before it. */
  const placeFrom = (next: number, name: string): number | undefined => {
    for (let place = next; place < fields.length; place += 1) {
      if (fields[place]?.name === name) return place;
      if (place < required.length) return undefined;
    }
    return undefined;
  };

  /**
   * The quick way, for what a codec of this kind has written: copies the object as a whole, which is many times faster
   * than field by field. `undefined` when the fields are not all there, in the order of the codec.
   */
  const readInOrder = (input: Fields): unknown => {
    // Of JSON, which has no symbols and no accessors.
    const output: MutableFields = { ...input };
    let next = 0;
    // Makes no list of the names, as `Object.keys` does. What is inherited is no field, and goes the other way.
    for (const name in output) {
      const place = placeFrom(next, name);
      const found = output[name];
      if (place === undefined || found === undefined) return undefined;
      const value = fields[place]?.read(found);
      if (value === refused) return refused;
      if (!Object.is(value, found)) output[name] = value;
      next = place + 1;
    }
    return next < required.length ? undefined : output;
  };

  const readRequired = (input: Fields, output: MutableFields): boolean => {
    for (const { name, read } of required) {
      const value = read(input[name]);
      if (value === refused) return false;
      output[name] = value;
    }
    return true;
  };

  const readOptional = (input: Fields, output: MutableFields): boolean => {
    for (const { name, read } of optional) {
      const found = input[name];
      if (found === undefined) continue;
      const value = read(found);
      if (value === refused) return false;
      output[name] = value;
    }
    return true;
  };

  const hasUnknown = (input: Fields): boolean => Object.keys(input).some((name) => !known.has(name));

  const readInAnyOrder = (input: Fields): unknown => {
    const output: MutableFields = {};
    const isRead = !hasUnknown(input) && readRequired(input, output) && readOptional(input, output);
    return isRead ? output : refused;
  };

  // To io-ts a field is there that every object inherits, like `toString`.
  if (fields.some(({ name }) => name in Object.prototype)) {
    return (input) => (isRecord(input) ? readInAnyOrder(input) : refused);
  }
  return (input) => (isRecord(input) ? (readInOrder(input) ?? readInAnyOrder(input)) : refused);
};
