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
  const names = [...required, ...optional].map(({ name }) => name);
  const known = new Set(names);
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

  const hasUnknown = (input: Fields): boolean => {
    let next = 0;
    for (const name of Object.keys(input)) {
      // Mostly the fields come in the order of the codec, and need not be looked up.
      if (name === names[next]) next += 1;
      else if (!known.has(name)) return true;
    }
    return false;
  };

  return (input) => {
    if (!isRecord(input) || hasUnknown(input)) return refused;
    const output: MutableFields = {};
    return readRequired(input, output) && readOptional(input, output) ? output : refused;
  };
};
