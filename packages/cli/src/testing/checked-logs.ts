import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerTo, writtenFile, type Draw, type Given } from './written-file';

type Answer = ReturnType<typeof answerTo>;

/** Logs in a folder of their own, and what the command says about them beside a history with a late end. */
export interface CheckedLogs {
  readonly folder: string;
  readonly file: string;
  /** Writes a log, or another file, and answers its name. */
  readonly written: (text: string | Uint8Array, ending?: string) => string;
  readonly check: (log: string, options?: readonly string[], given?: Given) => Answer;
  readonly discard: () => void;
}

export const checkedLogs = async (draw: Draw): Promise<CheckedLogs> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-cli-logs-'));
  const history = await writtenFile(draw, { hasEnd: true });
  let names = 0;
  return {
    folder,
    file: history.file,
    written: (text, ending = '.jsonl') => {
      names += 1;
      const name = join(folder, `sends-${names}${ending}`);
      writeFileSync(name, text);
      return name;
    },
    check: (log, options = [], given = {}) =>
      answerTo(['check-log', log, '--file', history.file, ...options], given),
    discard: () => {
      history.discard();
      rmSync(folder, { recursive: true });
    },
  };
};
