import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SendLogColumns } from './columns';
import type { SendLogFinding } from './findings';
import { readCsvRows } from './reading/csv-rows';
import { readJsonLines } from './reading/json-lines';
import { openLog } from './reading/log-bytes';
import type { ReadRows } from './reading/row-sink';
import type { RecordedDecisions } from './recorded-decisions';
import { rowChecker } from './row-checker';
import { SendLogError } from './send-log-error';
import { SendLogTally, type SendLogSummary } from './summary';

export interface SendLogProgress {
  /** Of the log as it is, packed or not. */
  readonly bytes: number;
  /** Unknown for a log that is no file. */
  readonly bytesTotal: number | undefined;
  /** Records read so far. */
  readonly records: number;
}

export interface SendLogOptions extends SendLogColumns {
  /** Default: by the name of the file, `.csv` or `.csv.gz`; otherwise JSON Lines. */
  readonly format?: 'csv' | 'jsonl';
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

const sizeOf = async (file: string): Promise<number> => {
  try {
    const { size } = await stat(file);
    return size;
  } catch (cause) {
    throw new SendLogError(
      'send-log-unreadable',
      'The send log: expected a file that can be read, found none under its name. Check the path and the rights.',
      { cause },
    );
  }
};

const nameOf = (log: string | AsyncIterable<Uint8Array>, { name }: SendLogOptions): string =>
  name ?? (typeof log === 'string' ? basename(log) : 'send-log');

const readerFor = (
  file: string,
  { format, delimiter = ',', lineBytesMax = lineBytesMaxDefault }: SendLogOptions,
): ReadRows => {
  const isCsv = format === undefined ? /\.csv(?:\.gz)?$/i.test(file) : format === 'csv';
  return isCsv ? readCsvRows({ delimiter, rowBytesMax: lineBytesMax }) : readJsonLines(lineBytesMax);
};

/**
 * Checks every operation of a send log against what was permitted and known when it took place, and yields what it finds
 * as it finds it, some findings at a time; at the end it returns the summary (GDPR Art. 5(2), 28(3)(a), (g), (h), 29).
 * Memory does not grow with the log. Throws a `SendLogError` for an option that cannot be used or a file that cannot be
 * opened; what is wrong with a line is a finding.
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
  const checker = rowChecker(decisions, { ...options, file, tally });
  const bytesTotal = typeof log === 'string' ? await sizeOf(log) : undefined;
  const opened = openLog(log);
  const reading = readerFor(nameOf(log, {}), options)(opened, checker.sink);
  const report = (): void => {
    signal?.throwIfAborted();
    onProgress?.({ bytes: opened.bytesRead(), bytesTotal, records: tally.records });
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
