import type { ErasureOrder } from '@mandate/deletion';
import { erasureReceipt, wholeNumber, type ErasureReceipt } from '@mandate/domain';
import { guardedCodec, instantCodec, neverBefore, recordCodec, type Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { join } from 'node:path';
import { readIfThere, replaceFile, type Files } from '../durable-file';
import { erasureOrder, orderIn } from '../erasure-order';
import { Refusal } from './refusal';

/**
 * `gathering`: files are moved to where they wait; none has been removed since the last count. `removing`: those
 * that wait have been counted.
 */
type Phase = 'gathering' | 'removing';

/** How far an order has come. */
export interface FolderRecord {
  readonly order: ErasureOrder;
  readonly firstActionAt: Instant;
  readonly phase: Phase;
  /** Files that were counted, all of them removed unless the phase is `removing`. */
  readonly counted: number;
  readonly receipt?: ErasureReceipt;
}

const phase = guardedCodec(
  'a phase',
  (value: unknown): value is Phase => value === 'gathering' || value === 'removing',
);

const folderRecord: t.Type<FolderRecord, unknown> = recordCodec<FolderRecord>(
  'the record of an erasure',
  { order: erasureOrder, firstActionAt: instantCodec, phase, counted: wholeNumber },
  { receipt: erasureReceipt },
);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fileOf = (receipts: string, { idempotencyKey }: ErasureOrder): string =>
  join(receipts, `${idempotencyKey}.json`);

/** The record under the key of an order, perhaps of another order. */
export const readRecord = async (
  on: Files,
  receipts: string,
  order: ErasureOrder,
): Promise<FolderRecord | undefined> => {
  const text = await readIfThere(on, fileOf(receipts, order));
  if (text === undefined) return undefined;
  const decoded = folderRecord.decode(parsed(text));
  if (isLeft(decoded)) throw new Refusal('record-not-readable');
  return decoded.right;
};

export const writeRecord = async (
  on: Files,
  receipts: string,
  record: FolderRecord,
): Promise<FolderRecord> => {
  await replaceFile(on, fileOf(receipts, record.order), `${JSON.stringify(record, undefined, 2)}\n`);
  return record;
};

export const newRecord = (order: ErasureOrder, now: Instant): FolderRecord => ({
  order: orderIn(order),
  firstActionAt: now,
  phase: 'gathering',
  counted: 0,
});

export const receiptOf = ({ counted, firstActionAt }: FolderRecord, now: Instant): ErasureReceipt => ({
  method: counted === 0 ? 'nothing-held' : 'file-deletion',
  found: counted,
  erased: counted,
  firstActionAt,
  // A clock that was set back must not make the end come before the beginning.
  lastActionAt: neverBefore(firstActionAt, now),
  verification: 'recounted',
});
