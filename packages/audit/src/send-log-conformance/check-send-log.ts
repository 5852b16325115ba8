import { basename } from 'node:path';
import type { ExplanationLanguage } from '@mandate/domain';
import type { SendLogColumns } from './columns';
import { columnsToRead, requireColumns, requireNames } from './csv-head';
import type { SendLogFinding } from './findings';
import { readCsvRows } from './reading/csv-rows';
import { readJsonLines } from './reading/json-lines';
import { openLog } from './reading/log-bytes';
import type { ReadRows } from './reading/row-sink';
import type { RecordedDecisions } from './recorded-decisions';
import { rowChecker } from './row-checker';
import { SendLogTally, type SendLogSummary } from './summary';
import { requireUsableOptions, type TextForm } from './usable-options';

export interface SendLogProgress {
  /** Of the log as it is, packed or not. */
  readonly bytes: number;
  /** Unknown for a log that is no file. */
  readonly bytesTotal: number | undefined;
  /** Records read so far. */
  readonly records: number;
}

export type SendLogFormat = 'csv' | 'jsonl';

export interface SendLogOptions extends SendLogColumns {
  /** Default: by the name of the file, `.csv` or `.csv.gz`; otherwise JSON Lines. */
  readonly format?: SendLogFormat;
  /** Of the sentences of the reasons. Default `en`. */
  readonly language?: ExplanationLanguage;
  /** How findings name the log. Default: the name of the file without its folder. */
  readonly name?: string;
  /** Between the columns of CSV. Default `,`. */
  readonly delimiter?: string;
  /** Bytes on a line, or of a row of CSV; longer ones are broken. Default 1 MiB. */
  readonly lineBytesMax?: number;
  /** How many contracts the summary counts one by one. Default 10,000. */
  readonly contractsMax?: number;
  readonly onProgress?: (progress: SendLogProgress) => void;
  /** Stops the check; it then throws the reason of the signal. */
  readonly signal?: AbortSignal;
}

const lineBytesMaxDefault = 1024 * 1024;
const contractsMaxDefault = 10_000;

const nameOf = (log: string | AsyncIterable<Uint8Array>, { name }: SendLogOptions): string =>
  name ?? (typeof log === 'string' ? basename(log) : 'send-log');

/** How a log is written, as the name of its file says. */
export const sendLogFormatOf = (file: string): SendLogFormat =>
  /\.csv(?:\.gz)?$/i.test(file) ? 'csv' : 'jsonl';

const textFormOf = ({
  delimiter = ',',
  lineBytesMax = lineBytesMaxDefault,
  listSeparator = ';',
}: SendLogOptions): TextForm => ({ delimiter, lineBytesMax, listSeparator });

const readerFor = (file: string, options: SendLogOptions): ReadRows => {
  const form = textFormOf(options);
  requireUsableOptions(options, form);
  const { delimiter, lineBytesMax } = form;
  if ((options.format ?? sendLogFormatOf(file)) === 'jsonl') return readJsonLines(lineBytesMax);
  requireNames(options);
  const wanted = columnsToRead(options);
  return readCsvRows({
    delimiter,
    rowBytesMax: lineBytesMax,
    isWanted: (name) => wanted.has(name),
    onHead: (head) => {
      requireColumns(head, options);
    },
  });
};

/**
 * Checks every operation of a send log against what was permitted and known when it took place, and yields what it finds
 * as it finds it, some findings at a time; at the end it returns the summary (GDPR Art. 5(2), 28(3)(a), (g), (h), 29).
 * Memory does not grow with the log. Throws a `SendLogError` for an option that cannot be used, a file that
 * cannot be opened, or a head of CSV without a column that is needed; what is wrong with a line is a finding.
 */
export const sendLogFindings = async function* (
  log: string | AsyncIterable<Uint8Array>,
  decisions: RecordedDecisions,
  options: SendLogOptions = {},
): AsyncGenerator<readonly SendLogFinding[], SendLogSummary, undefined> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const file = nameOf(log, options);
  const tally = new SendLogTally(options.contractsMax ?? contractsMaxDefault);
  const checker = rowChecker({ decisions, language: options.language ?? 'en' }, { ...options, file, tally });
  const readRows = readerFor(nameOf(log, {}), options);
  const opened = await openLog(log);
  const reading = readRows(opened, checker.sink);
  const report = (): void => {
    signal?.throwIfAborted();
    onProgress?.({ bytes: opened.bytesRead(), bytesTotal: opened.bytesTotal, records: tally.records });
  };
  try {
    for (let isEnd = false; !isEnd;) {
      isEnd = (await reading.next()).done === true;
      report();
      const found = checker.taken();
      if (found.length > 0) yield found;
    }
  } finally {
    await reading.return();
  }
  return tally.summary(file, opened.bytesRead());
};

export interface SendLogCheckOptions extends SendLogOptions {
  /** Called for each finding in the order in which they are found; the check waits for what it returns. */
  readonly onFinding?: (finding: SendLogFinding) => void | Promise<void>;
}

/** As `sendLogFindings`, with a callback: resolves to the summary. */
export const checkSendLog = async (
  log: string | AsyncIterable<Uint8Array>,
  decisions: RecordedDecisions,
  { onFinding, ...options }: SendLogCheckOptions = {},
): Promise<SendLogSummary> => {
  const checking = sendLogFindings(log, decisions, options);
  for (;;) {
    const next = await checking.next();
    if (next.done === true) return next.value;
    for (const finding of next.value) await onFinding?.(finding);
  }
};
