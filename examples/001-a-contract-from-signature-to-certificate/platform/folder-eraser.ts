import { erasureReceipt, type ErasureReceipt } from '@mandate/domain';
import type { Clock, ErasureOrder, Instant, StoreEraser } from '@mandate/processor';
import { isRight } from 'fp-ts/Either';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesHeld, folderOf, type DataSetFolder } from './data-set-folder';
import { writeDurably } from './durable-file';

export interface ErasedFolder extends DataSetFolder {
  /** Where plans and receipts are kept: beside the data, for they outlive it. */
  readonly erasures: string;
  readonly clock: Clock;
}

/** What is going to be deleted, on the disk before anything is: after a crash nobody could count it any more. */
interface ErasurePlan {
  readonly found: number;
  readonly firstActionAt: Instant;
}

const planOf = (folder: ErasedFolder, order: ErasureOrder): ErasurePlan => {
  const path = join(folder.erasures, `${order.idempotencyKey}.plan.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ErasurePlan;
  const plan = { found: filesHeld(folder, order), firstActionAt: folder.clock() };
  writeDurably(path, `${JSON.stringify(plan)}\n`);
  return plan;
};

const firstReceipt = (path: string): ErasureReceipt | undefined => {
  if (!existsSync(path)) return undefined;
  const decoded = erasureReceipt.decode(JSON.parse(readFileSync(path, 'utf8')));
  if (isRight(decoded)) return decoded.right;
  throw new Error('A receipt that was written cannot be read any more.');
};

const eraseFiles = (folder: ErasedFolder, order: ErasureOrder): ErasureReceipt => {
  const { found, firstActionAt } = planOf(folder, order);
  rmSync(folderOf(folder, order), { recursive: true, force: true });
  return {
    method: found === 0 ? 'nothing-held' : 'file-deletion',
    found,
    erased: found - filesHeld(folder, order),
    firstActionAt,
    lastActionAt: folder.clock(),
    verification: 'recounted',
  };
};

/** Deletes a data set's files. First the plan with its count, then the files, then the receipt. */
export const folderEraser =
  (folder: ErasedFolder): StoreEraser =>
  (order) => {
    mkdirSync(folder.erasures, { recursive: true });
    const path = join(folder.erasures, `${order.idempotencyKey}.receipt.json`);
    const earlier = firstReceipt(path);
    if (earlier !== undefined) return Promise.resolve({ outcome: 'erased', receipt: earlier });
    const receipt = eraseFiles(folder, order);
    writeDurably(path, `${JSON.stringify(receipt)}\n`);
    return Promise.resolve({ outcome: 'erased', receipt });
  };
