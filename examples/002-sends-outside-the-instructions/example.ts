import { summaryAsTable } from '@mandate/audit';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkLog, deviations, type CheckedLog } from './checked-log';
import { recordHistory } from './recorded-history';
import { sendLog, type PlannedLine } from './send-log';
import { shownFindings } from './shown-findings';

export interface Example {
  /** Where history and log are written: an empty folder. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Default: the log of the story. */
  readonly lines?: readonly PlannedLine[];
}

export interface ExampleRun {
  /** 0 only if exactly what was planted was found. */
  readonly exitCode: 0 | 1;
  readonly checked: CheckedLog;
}

/** Records a history, checks a log against it, and says what was found. */
export const runExample = async ({ folder, say, lines = sendLog(1) }: Example): Promise<ExampleRun> => {
  say('What was agreed and instructed\n');
  const processor = await recordHistory(folder, say);
  const log = join(folder, 'sends.jsonl');
  await writeFile(log, lines.map(({ text }) => `${text}\n`).join(''));
  const checked = await checkLog(log, processor.eventStore);
  await processor.close();

  say(`\nWhat was done\n\n${summaryAsTable(checked.summary)}`);
  for (const line of shownFindings(lines, checked)) say(line);
  const differing = deviations(lines, checked);
  say(
    differing.length === 0
      ? `\nAll ${lines.length} lines were judged as planted.`
      : `\nNot as planted:\n${differing.slice(0, 20).join('\n')}`,
  );
  return { exitCode: differing.length === 0 ? 0 : 1, checked };
};
