import { existsSync, readFileSync } from 'node:fs';

/** What a writer wrote down about one append, each line at once, before it did anything else. */
export interface JournalEntry {
  /** `trying` before the call, `acknowledged` after it, `failed` when it failed in a way that must not happen. */
  readonly kind: 'trying' | 'acknowledged' | 'failed';
  readonly stream: string;
  /** The version of the stream before the append. */
  readonly expected: number;
  readonly eventIds: readonly string[];
  readonly reason?: string;
}

/** The journal of one writer, over all its lives. */
export interface Journal {
  readonly file: string;
  /** What was written since the last call. */
  readonly readOn: () => readonly JournalEntry[];
}

export const journalAt = (file: string): Journal => {
  let linesRead = 0;
  return {
    file,
    readOn: () => {
      if (!existsSync(file)) return [];
      // Without what follows the last end of line: a line that was not finished says nothing.
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      const entries = lines.slice(linesRead).map((line) => JSON.parse(line) as JournalEntry);
      linesRead = lines.length;
      return entries;
    },
  };
};
