import { basename } from 'node:path';
import {
  sendLogFindings,
  sendLogFormatOf,
  summaryAsCsv,
  summaryAsJson,
  summaryAsTable,
  type SendLogFinding,
  type SendLogFormat,
  type SendLogOptions,
  type SendLogProgress,
  type SendLogSummary,
} from '@mandate/audit';
import type { ProcessingScope } from '@mandate/read-models';
import { exitCodes, type ExitCode } from '../exit-codes';
import { InputError } from '../input-error';
import { stoppedBy } from '../interruption';
import { languageIn } from '../language';
import { scopeOn, unreadableIn, withHistory } from '../opened-history';
import { counted, type Progress } from '../progress';
import type { FileOptions } from '../questions';
import type { Surroundings } from '../surroundings';
import { textOfFinding } from './finding-text';
import { createFindingsFile, type FindingsFile } from './findings-file';
import { logColumnsIn, type LogColumnOptions } from './log-columns';
import { verdictOn } from './verdict';

export interface CheckLogOptions extends FileOptions, LogColumnOptions {
  readonly csv?: boolean;
  readonly format?: string;
  readonly delimiter?: string;
  readonly lineBytesMax?: string;
  readonly findings?: string;
  readonly language?: string;
  readonly quiet?: boolean;
}

const formatIn = (log: string, text: string | undefined): SendLogFormat => {
  if (text === undefined) return sendLogFormatOf(log);
  if (text === 'csv' || text === 'jsonl') return text;
  throw new InputError(
    `--format: expected csv or jsonl, found a string of ${text.length} characters. Leave it out to go by the name.`,
  );
};

const delimiterIn = (text: string | undefined): { readonly delimiter?: string } => {
  if (text === undefined) return {};
  return { delimiter: text === 'tab' ? '\t' : text };
};

/** A name may hold what moves a terminal. */
const nameOf = (log: string): string => basename(log).replaceAll(/\p{C}/gu, '\uFFFD');

const lineBytesMaxIn = (text: string | undefined): { readonly lineBytesMax?: number } => {
  if (text === undefined) return {};
  if (/^[1-9]\d{0,8}$/.test(text)) return { lineBytesMax: Number(text) };
  throw new InputError(
    `--line-bytes-max: expected a number of bytes from 1 to 999999999, found a string of ${text.length} characters.`,
  );
};

const summaryIn = (summary: SendLogSummary, { json, csv }: CheckLogOptions): string => {
  if (json === true) return `${summaryAsJson(summary)}\n`;
  return csv === true ? summaryAsCsv(summary) : `${summaryAsTable(summary)}\n`;
};

const share = ({ bytes, bytesTotal }: SendLogProgress): string =>
  bytesTotal === undefined || bytesTotal === 0
    ? ''
    : `, ${Math.floor((bytes / bytesTotal) * 100)} % of the log`;

/** How far a check came, and what it found until then. */
interface Check {
  readonly surroundings: Surroundings;
  readonly options: CheckLogOptions;
  readonly findingsFile: FindingsFile | undefined;
  reached: SendLogProgress | undefined;
  found: number;
  bar: Progress | undefined;
}

const passOn = async (check: Check, findings: readonly SendLogFinding[]): Promise<void> => {
  const { surroundings, options, findingsFile } = check;
  check.found += findings.length;
  await findingsFile?.add(findings);
  if (options.quiet === true) return;
  const language = languageIn(options.language);
  const text = findings.map((finding) => textOfFinding(finding, language)).join('');
  check.bar?.hide();
  // A summary for programs stands alone.
  if (options.json === true || options.csv === true) surroundings.complain(text);
  else await surroundings.write(text);
};

const watch = (check: Check, progress: SendLogProgress): void => {
  check.reached = progress;
  const { bytes, bytesTotal, records } = progress;
  check.bar ??= check.surroundings.showProgress?.(bytesTotal);
  check.bar?.reach(bytes, `${counted(records)} records, ${counted(check.found)} findings`);
};

const runCheck = async (
  check: Check,
  {
    log,
    scope,
    options,
  }: { readonly log: string; readonly scope: ProcessingScope; readonly options: SendLogOptions },
): Promise<SendLogSummary> => {
  const checking = sendLogFindings(log, scope, {
    ...options,
    signal: check.surroundings.signal,
    onProgress: (progress) => {
      watch(check, progress);
    },
  });
  try {
    for (;;) {
      const next = await checking.next();
      if (next.done === true) return next.value;
      await passOn(check, next.value);
    }
  } finally {
    check.bar?.end();
  }
};

const sayHowFar = ({ surroundings, reached, found, findingsFile }: Check): void => {
  const read =
    reached === undefined ? 'nothing was read' : `${counted(reached.records)} records read${share(reached)}`;
  const kept =
    findingsFile === undefined || found === 0 ? '' : ', whole, in the file with .part behind its name';
  surroundings.complain(
    `mandate: ${stoppedBy(surroundings.signal)}: ${read}, ${counted(found)} findings so far${kept}. What follows was not checked; there is no summary.\n`,
  );
};

const sayWhatCannotBeRead = (scope: ProcessingScope, { complain }: Surroundings): void => {
  const places = unreadableIn(scope);
  if (places.length === 0) return;
  complain(
    [
      'The history holds events that cannot be read; operations of their contracts cannot be judged:',
      ...places,
      '',
    ].join('\n'),
  );
};

const answer = async (check: Check, summary: SendLogSummary): Promise<ExitCode> => {
  const { surroundings, options, findingsFile } = check;
  await findingsFile?.finish();
  await surroundings.write(summaryIn(summary, options));
  if (summary.records === 0) surroundings.complain('mandate: the log holds no record.\n');
  const code = verdictOn(summary);
  if (code === exitCodes.wrongInput)
    surroundings.complain(
      'mandate: not one record of the log could be checked. Is it a log of sends, and do --format and --column fit it?\n',
    );
  return code;
};

/**
 * Checks every operation of a send log against what was permitted and known when it took place: findings as they come, at
 * the end the summary (GDPR Art. 5(2), 28(3)(a), (g) and (h), 29). The exit code is the verdict.
 */
export const checkLog = async (
  surroundings: Surroundings,
  log: string,
  options: CheckLogOptions,
): Promise<ExitCode> => {
  const format = formatIn(log, options.format);
  const columns = await logColumnsIn(options, format);
  const checked = {
    ...columns,
    ...delimiterIn(options.delimiter),
    ...lineBytesMaxIn(options.lineBytesMax),
    name: nameOf(log),
    format,
    language: languageIn(options.language),
  };
  return withHistory(options.file, async (history) => {
    const scope = await scopeOn(history, surroundings.signal);
    sayWhatCannotBeRead(scope, surroundings);
    const findingsFile =
      options.findings === undefined ? undefined : await createFindingsFile(options.findings);
    const check: Check = {
      surroundings,
      options,
      findingsFile,
      reached: undefined,
      found: 0,
      bar: undefined,
    };
    let summary: SendLogSummary;
    try {
      summary = await runCheck(check, { log, scope, options: checked });
    } catch (error) {
      await findingsFile?.leave();
      if (!surroundings.signal.aborted) throw error;
      sayHowFar(check);
      return exitCodes.interrupted;
    }
    return answer(check, summary);
  });
};
