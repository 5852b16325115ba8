import type * as t from 'io-ts';
import { v5 } from 'uuid';
import type { Branded } from './brand';
import { guardedCodec } from '../codecs/guarded-codec';

/** A UUID in lower case with hyphens (RFC 9562). */
export type Uuid = Branded<'Uuid'>;

const uuidLength = 36;
const hyphen = '-'.charCodeAt(0);

const isHexDigit = new Uint8Array(128);
for (const digit of '0123456789abcdef') isHexDigit[digit.charCodeAt(0)] = 1;

const hasHexDigits = (text: string, from: number, to: number): boolean => {
  for (let index = from; index < to; index += 1) {
    if (isHexDigit[text.charCodeAt(index)] !== 1) return false;
  }
  return true;
};

const hasHyphens = (text: string): boolean =>
  text.charCodeAt(8) === hyphen &&
  text.charCodeAt(13) === hyphen &&
  text.charCodeAt(18) === hyphen &&
  text.charCodeAt(23) === hyphen;

const hasDigitGroups = (text: string): boolean =>
  hasHexDigits(text, 0, 8) &&
  hasHexDigits(text, 9, 13) &&
  hasHexDigits(text, 14, 18) &&
  hasHexDigits(text, 19, 23) &&
  hasHexDigits(text, 24, uuidLength);

/**
 * Tells whether a value is a UUID in the one accepted spelling. Every event that is read has about ten, so no regular
 * expression is asked: it takes three times as long.
 */
export const isUuid = (value: unknown): value is Uuid =>
  typeof value === 'string' && value.length === uuidLength && hasHyphens(value) && hasDigitGroups(value);

/** A codec for an id: a UUID that carries its own brand, so that one kind of id cannot stand for another. */
export const uuidCodec = <Id extends string = Uuid>(name = 'uuid'): t.Type<Id, string> =>
  guardedCodec(`${name} (a UUID in lower case)`, (value): value is Id => isUuid(value));

// As bytes, because `uuid` refuses the text of a namespace whose version or variant it does not know.
const bytesOf = (uuid: Uuid): Uint8Array => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** The UUID that the same namespace and name always give (version 5, RFC 9562 section 5.5). */
export const derivedUuid = (name: string, namespace: Uuid): Uuid => v5(name, bytesOf(namespace)) as Uuid;
