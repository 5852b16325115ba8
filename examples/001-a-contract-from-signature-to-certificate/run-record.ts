import { existsSync, readFileSync } from 'node:fs';
import type { Scale } from './options';
import { writeDurably } from './platform/durable-file';
import { fromTheBeginning, type LinePlace } from './reading/lines-of';
import type { RejectedLine } from './reading/recipients-file';
import type { FolderScan } from './scanning/folder-scan';

/** What came of one command of the input. */
export interface GivenCommand {
  readonly name: string;
  readonly outcome: 'accepted' | 'refused';
  readonly code?: string;
}

/** What was taken in of one uploaded list. */
export interface TakenInList {
  readonly dataSetId: string;
  readonly recipients: number;
  readonly rejected: readonly RejectedLine[];
  readonly suppressed: number;
}

/** The lines that were denied for one reason. */
export interface DenialTally {
  readonly code: string;
  readonly article: string;
  readonly sentence: string;
  readonly lines: number;
  /** The numbers of the first of them. */
  readonly first: readonly number[];
}

/** The lines that were allowed by one clause. */
export interface ClauseTally {
  readonly instructionId: string;
  readonly clause: string;
  readonly lines: number;
}

/** How far the log has been read, and what came of it. Written at the end of each of its days. */
export interface LogTally {
  readonly place: LinePlace;
  readonly clock: string;
  readonly decided: number;
  readonly allowed: number;
  readonly denied: number;
  readonly clauses: readonly ClauseTally[];
  readonly denials: readonly DenialTally[];
  readonly batches: number;
  readonly archived: number;
  /** Special categories that the controller was told about. */
  readonly notices: readonly string[];
  readonly isComplete: boolean;
}

export const untouchedLog: LogTally = {
  place: fromTheBeginning,
  clock: '',
  decided: 0,
  allowed: 0,
  denied: 0,
  clauses: [],
  denials: [],
  batches: 0,
  archived: 0,
  notices: [],
  isComplete: false,
};

/** What a question about the past is answered with what was known then, and with what is known now. */
export interface Hindsight {
  readonly knownThen: string;
  readonly knownNow: string;
}

/** How far a run has come: everything that a new process needs to go on. No personal data is in it. */
export interface RunRecord {
  readonly format: 'mandate-example-001/1';
  readonly state: 'under-way' | 'finished' | 'being-cleared';
  readonly scale: Scale;
  /** SHA-256 of each file of commands and data sets with which the run began, by its name. */
  readonly digests?: Readonly<Record<string, string>>;
  readonly commands: readonly GivenCommand[];
  readonly lists: readonly TakenInList[];
  readonly log?: LogTally;
  readonly hindsight?: Hindsight;
  /** Items in each store before the deletion, counted by the platform itself. */
  readonly held?: Readonly<Record<string, number>>;
  readonly scanBefore?: ScanSummary;
}

export interface ScanSummary extends Omit<FolderScan, 'findings'> {
  /** Values found outside the upload: there should be none, everything else is encrypted. */
  readonly valuesOutsideTheUpload: number;
}

/** Keeps the record on the disk, whole at every moment. */
export interface RecordKeeper {
  readonly record: () => RunRecord;
  readonly change: (changes: Partial<RunRecord>) => void;
}

const format = 'mandate-example-001/1';

export const newRecord = (scale: Scale, digests: Readonly<Record<string, string>>): RunRecord => ({
  format,
  state: 'under-way',
  scale,
  digests,
  commands: [],
  lists: [],
});

/** The record in a file; absent when there is none, or when what is there is something else. */
export const readRecord = (path: string): RunRecord | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunRecord> | null;
    return record?.format === format ? (record as RunRecord) : undefined;
  } catch {
    return undefined;
  }
};

export const writeRecord = (path: string, record: RunRecord): void =>
  writeDurably(path, `${JSON.stringify(record, undefined, 2)}\n`);

export const recordKeeper = (path: string, first: RunRecord): RecordKeeper => {
  let current = first;
  return {
    record: () => current,
    change: (changes) => {
      current = { ...current, ...changes };
      writeRecord(path, current);
    },
  };
};
