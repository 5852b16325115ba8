import { documentDigest, signDocument, verifyDocument } from '@mandate/deletion';
import type { ErasureOrder, ErasureOutcome, SignedDocument } from '@mandate/deletion';
import { erasureMethod, wholeNumber, type ErasureMethod } from '@mandate/domain';
import { guardedCodec, instantCodec, recordCodec, type Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { KeyObject } from 'node:crypto';
import { erasureOrder, isSameOrder, orderIn } from '../erasure-order';
import { failed } from '../failed';

const format = 'mandate-erasure-acknowledgement/1';

/** What another system did for an order, in its own words: counts and times, never whose data it was. */
export interface ErasureStatement {
  readonly method: ErasureMethod;
  readonly found: number;
  readonly erased: number;
  readonly firstActionAt: Instant;
  readonly lastActionAt: Instant;
}

/** A statement and the order that it is about. */
export interface ErasureAcknowledgement extends ErasureStatement {
  readonly format: typeof format;
  readonly order: ErasureOrder;
}

const acknowledgementCodec: t.Type<ErasureAcknowledgement, unknown> = recordCodec<ErasureAcknowledgement>(
  'an acknowledgement of an erasure',
  {
    format: guardedCodec(format, (value: unknown): value is typeof format => value === format),
    order: erasureOrder,
    method: erasureMethod,
    found: wholeNumber,
    erased: wholeNumber,
    firstActionAt: instantCodec,
    lastActionAt: instantCodec,
  },
);

/** For the other side: signs with its Ed25519 key what it did for an order. The answer is sent as it is. */
export const signAcknowledgement = (
  order: ErasureOrder,
  { method, found, erased, firstActionAt, lastActionAt }: ErasureStatement,
  privateKey: KeyObject,
): SignedDocument<ErasureAcknowledgement> =>
  signDocument(
    { format, order: orderIn(order), method, found, erased, firstActionAt, lastActionAt },
    privateKey,
  );

const notGenuine = failed('acknowledgement-not-genuine');

/** The receipt that an acknowledgement amounts to, when it is genuine and about this very order. */
export const outcomeOf = (signed: unknown, order: ErasureOrder, publicKeyPem: string): ErasureOutcome => {
  const { verdict } = verifyDocument(signed, publicKeyPem, { name: 'acknowledgement', format });
  if (verdict === 'not-genuine') return notGenuine;
  const decoded = acknowledgementCodec.decode((signed as SignedDocument<unknown>).contents);
  if (isLeft(decoded)) return notGenuine;
  const { method, found, erased, firstActionAt, lastActionAt, order: acknowledged } = decoded.right;
  if (!isSameOrder(acknowledged, order)) return notGenuine;
  if (found !== erased) return failed('erasure-incomplete');
  const evidenceDigest = documentDigest(decoded.right);
  const statement = { method, found, erased, firstActionAt, lastActionAt };
  return { outcome: 'erased', receipt: { ...statement, verification: 'attested', evidenceDigest } };
};
