import { checkSendLog, type SendLogFinding, type SendLogSummary } from '@mandate/audit';
import type { EventStore } from '@mandate/event-sourcing';
import { createProcessingScope } from '@mandate/read-models';
import type { PlannedLine } from './send-log';

export interface CheckedLog {
  readonly summary: SendLogSummary;
  readonly byLine: ReadonlyMap<number, SendLogFinding>;
}

/** Checks a log against what a history says was permitted and known. */
export const checkLog = async (file: string, history: EventStore): Promise<CheckedLog> => {
  const scope = createProcessingScope(history);
  await scope.catchUp();
  const byLine = new Map<number, SendLogFinding>();
  const summary = await checkSendLog(file, scope, {
    columns: { at: 'sent_at' },
    constants: { country: 'FR' },
    onFinding: (found) => void byLine.set(found.line, found),
  });
  return { summary, byLine };
};

/** What was found on a line, in one form with what was planned: each code once. */
const inWords = (found: SendLogFinding | undefined): string => {
  if (found === undefined) return 'permitted';
  const codes = found.finding === 'broken' ? [found.problem] : found.reasons.map(({ code }) => code);
  return [found.finding, ...new Set(codes)].join(' ');
};

const planned = ({ kind: { expected } }: PlannedLine): string =>
  [expected.finding, ...('codes' in expected ? expected.codes : [])].join(' ');

/** Every line on which something else was found than was planted there, in words. */
export const deviations = (
  lines: readonly PlannedLine[],
  { summary, byLine }: CheckedLog,
): readonly string[] => {
  const differing = lines.flatMap((line, index) => {
    const [expected, found] = [planned(line), inWords(byLine.get(index + 1))];
    return expected === found ? [] : [`line ${index + 1}: expected ${expected}, found ${found}`];
  });
  const isWhole = summary.isComplete && summary.records === lines.length;
  return isWhole ? differing : [...differing, `expected ${lines.length} records, found ${summary.records}`];
};
