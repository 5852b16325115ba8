import type { ErasureOrder, ErasureOutcome, StoreEraser } from '@mandate/deletion';
import { isUuid, systemClock, type Clock } from '@mandate/event-sourcing';
import { randomUUID } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import { files as nodeFiles, isFileError, syncFolder, type Files } from '../durable-file';
import { isSameOrder } from '../erasure-order';
import { failed } from '../failed';
import { filesAt, namedFiles, stagingFolder, type FoundFiles } from './files-in-folder';
import { newRecord, readRecord, receiptOf, writeRecord, type FolderRecord } from './folder-record';
import { oneAtATime } from '../one-at-a-time';
import { Refusal } from './refusal';

/** The files of a data set, as paths within the folder. Those that are gone already may be among them. */
export type PathsOf = (
  order: Pick<ErasureOrder, 'contractId' | 'dataSetId'>,
) => readonly string[] | Promise<readonly string[]>;

export interface FolderEraserOptions {
  /** Whose files are erased. */
  readonly folder: string;
  /** Where receipts are kept: a folder that is not within the other one. It is created when it is missing. */
  readonly receipts: string;
  /** Which files are those of a data set. Without it: every file in `<contract>/<data set>/`, at any depth. */
  readonly pathsOf?: PathsOf;
  /** A file that is in the folder whenever its disk is: where a disk is not mounted, an empty folder is left. */
  readonly marker?: string;
  readonly clock?: Clock;
  /** What stands for `node:fs/promises`; for tests. */
  readonly files?: Files;
}

interface Erasing {
  readonly on: Files;
  readonly root: string;
  readonly receipts: string;
  readonly staging: string;
  readonly clock: Clock;
  readonly list: () => Promise<FoundFiles>;
}

const names = async (on: Files, folder: string): Promise<readonly string[]> => {
  try {
    return await on.readdir(folder);
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return [];
    throw error;
  }
};

/** Does something to a path, unless somebody else has done it or stands in the way. */
const ifPossible = async (work: Promise<void>, ...codes: readonly string[]): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!isFileError(error, ...codes)) throw error;
  }
};

/** Moves every file of the data set to where it waits, under a name that says nothing. Answers how many wait. */
const gather = async ({ on, root, staging, list }: Erasing): Promise<number> => {
  const found = await list();
  if (found.files.length > 0) await on.mkdir(staging, { recursive: true, mode: 0o700 });
  for (const file of found.files) {
    await ifPossible(on.rename(file, join(staging, randomUUID())), 'ENOENT');
  }
  // From the innermost outwards: names of folders can be names of people.
  for (const folder of found.folders.toReversed()) {
    await ifPossible(on.rmdir(folder), 'ENOENT', 'ENOTEMPTY', 'EEXIST');
  }
  const waiting = (await names(on, staging)).length;
  if (waiting === 0 && (await list()).files.length > 0) throw new Refusal('files-left');
  if (waiting > 0) {
    const folders = new Set([root, staging, ...found.files.map((file) => dirname(file))]);
    for (const folder of folders) await ifPossible(syncFolder(on, folder), 'ENOENT');
  }
  return waiting;
};

/** Removes what waits. What is counted is counted, however often this is interrupted. */
const remove = async ({ on, root, staging }: Erasing): Promise<void> => {
  for (const name of await names(on, staging)) await ifPossible(on.unlink(join(staging, name)), 'ENOENT');
  if ((await names(on, staging)).length > 0) throw new Refusal('files-left');
  await ifPossible(on.rmdir(staging), 'ENOENT');
  await syncFolder(on, root);
};

const step = async (erasing: Erasing, record: FolderRecord): Promise<FolderRecord> => {
  const { on, receipts, clock } = erasing;
  if (record.phase === 'removing') {
    await remove(erasing);
    return writeRecord(on, receipts, { ...record, phase: 'gathering' });
  }
  const waiting = await gather(erasing);
  return writeRecord(
    on,
    receipts,
    waiting === 0
      ? { ...record, receipt: receiptOf(record, clock()) }
      : { ...record, phase: 'removing', counted: record.counted + waiting },
  );
};

/** Each time there were new files, these are two. */
const stepsMax = 20;

const erase = async (erasing: Erasing, order: ErasureOrder): Promise<ErasureOutcome> => {
  const { on, receipts, clock } = erasing;
  let record =
    (await readRecord(on, receipts, order)) ?? (await writeRecord(on, receipts, newRecord(order, clock())));
  if (!isSameOrder(record.order, order)) return failed('key-of-another-order');
  for (let steps = 0; record.receipt === undefined && steps < stepsMax; steps += 1) {
    record = await step(erasing, record);
  }
  if (record.receipt === undefined) throw new Refusal('still-being-written');
  return { outcome: 'erased', receipt: record.receipt };
};

const isWithin = (path: string, folder: string): boolean => {
  const steps = relative(folder, path).split(sep);
  return steps[0] !== '..' && !steps[0]?.includes(':');
};

const realFolder = async (on: Files, folder: string): Promise<string> => {
  try {
    const path = await on.realpath(folder);
    if ((await on.lstat(path)).isDirectory()) return path;
  } catch (error) {
    if (!isFileError(error, 'ENOENT', 'ENOTDIR')) throw error;
  }
  throw new Refusal('store-unreachable');
};

/** A folder for each id; an id with a separator in it would lead into the folder of another. */
const stepsOfIds = (...ids: readonly string[]): readonly string[] => {
  if (ids.every(isUuid)) return ids;
  throw new Refusal('path-leaves-folder');
};

const open = async (options: FolderEraserOptions, order: ErasureOrder): Promise<Erasing> => {
  const {
    folder,
    receipts: receiptsAt,
    pathsOf,
    marker,
    clock = systemClock,
    files: on = nodeFiles,
  } = options;
  const root = await realFolder(on, folder);
  if (marker !== undefined) {
    const { files: found } = await namedFiles(on, root, [marker]);
    if (found.length === 0) throw new Refusal('store-unreachable');
  }
  await on.mkdir(receiptsAt, { recursive: true, mode: 0o700 });
  const receipts = await realFolder(on, receiptsAt);
  if (isWithin(receipts, root)) {
    throw new TypeError(
      'Expected a folder for receipts outside of the folder that is erased, found one within.',
    );
  }
  const { contractId, dataSetId, idempotencyKey } = order;
  const list =
    pathsOf === undefined
      ? () => filesAt(on, root, stepsOfIds(contractId, dataSetId))
      : async () => namedFiles(on, root, await pathsOf({ contractId, dataSetId }));
  return { on, root, receipts, staging: stagingFolder(root, idempotencyKey), clock, list };
};

const asOutcome = (error: unknown): ErasureOutcome => {
  if (error instanceof Refusal) return failed(error.code);
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  // Messages of the file system repeat names of files, which can be names of people.
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code))
    return failed(`file-error-${code.toLowerCase()}`);
  throw error;
};

/**
 * Erases the files of a data set from a folder. Files are first moved aside and counted, then removed, so that an
 * order that was interrupted ends in a receipt of the whole. Their bytes are not overwritten: file systems that copy
 * on write and solid-state disks would write elsewhere anyway. Encrypt what must be unreadable at once.
 */
export const folderEraser =
  (options: FolderEraserOptions): StoreEraser =>
  async (order) => {
    try {
      const erasing = await open(options, order);
      return await oneAtATime(erasing.staging, () => erase(erasing, order));
    } catch (error) {
      return asOutcome(error);
    }
  };
