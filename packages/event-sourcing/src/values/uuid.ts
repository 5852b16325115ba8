import type * as t from 'io-ts';
import { v5 } from 'uuid';
import type { Branded } from './brand';
import { guardedCodec } from '../codecs/guarded-codec';

/** A UUID in lower case with hyphens (RFC 9562). */
export type Uuid = Branded<'Uuid'>;

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Tells whether a value is a UUID in the one accepted spelling. */
export const isUuid = (value: unknown): value is Uuid => typeof value === 'string' && pattern.test(value);

/** A codec for an id: a UUID that carries its own brand, so that one kind of id cannot stand for another. */
export const uuidCodec = <Id extends string = Uuid>(name = 'uuid'): t.Type<Id, string> =>
  guardedCodec(`${name} (a UUID in lower case)`, (value): value is Id => isUuid(value));

// As bytes, because `uuid` refuses the text of a namespace whose version or variant it does not know.
const bytesOf = (uuid: Uuid): Uint8Array => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** The UUID that the same namespace and name always give (version 5, RFC 9562 section 5.5). */
export const derivedUuid = (name: string, namespace: Uuid): Uuid => v5(name, bytesOf(namespace)) as Uuid;
