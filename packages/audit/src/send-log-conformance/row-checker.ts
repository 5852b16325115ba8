import { shapeOf } from '@mandate/event-sourcing';
import { fieldReaders, type LogRow, type SendLogColumns } from './columns';
import type { SendLogFinding } from './findings';
import { instantOfLine, timeExpected } from './instant-of-line';
import { judgeRepeated, repeatedOperation, type JudgedBy, type RepeatedOperation } from './judgements';
import { decodeOperation, wordsKeyFor } from './operation-words';
import type { RowSink } from './reading/row-sink';
import type { SendLogTally } from './summary';

/** More sets of words are seldom repeated; what is forgotten is judged again. */
const judgementsMax = 100_000;

/** Sorts records into findings, and counts them. */
export const rowChecker = (
  by: JudgedBy,
  { file, tally, ...options }: SendLogColumns & { readonly file: string; readonly tally: SendLogTally },
): { readonly sink: RowSink; readonly taken: () => readonly SendLogFinding[] } => {
  const readers = fieldReaders(options);
  const separator = options.listSeparator ?? ';';
  const keyOf = wordsKeyFor(readers);
  let [findings, judgements]: [SendLogFinding[], number] = [[], 0];
  const operations = new Map<string, RepeatedOperation>();
  const judgementOn = judgeRepeated(by, () => {
    judgements += 1;
  });

  const broken: RowSink['broken'] = (line, problem, sentence) => {
    tally.countBroken(problem);
    findings.push({ finding: 'broken', file, line, problem, sentence });
  };

  const operationIn = (row: LogRow): RepeatedOperation | string => {
    const key = keyOf(row);
    const known = key === undefined ? undefined : operations.get(key);
    if (known !== undefined) return known;
    const decoded = decodeOperation(row, readers, separator);
    if (decoded.request === undefined) return decoded.sentence;
    const operation = repeatedOperation(decoded.request);
    if (judgements >= judgementsMax) {
      operations.clear();
      judgements = 0;
    }
    if (key !== undefined) operations.set(key, operation);
    return operation;
  };

  const row: RowSink['row'] = (line, record) => {
    const time = readers.at(record);
    const at = instantOfLine(time);
    if (at === undefined) {
      broken(line, 'time-unreadable', `at: expected ${timeExpected}, found ${shapeOf(time)}.`);
      return;
    }
    const operation = operationIn(record);
    if (typeof operation === 'string') {
      broken(line, 'request-unreadable', operation);
      return;
    }
    const judgement = judgementOn(operation, at);
    const { request } = operation;
    tally.countOperation(request.contractId, judgement);
    if (judgement.finding !== 'permitted') findings.push({ ...judgement, file, line, at, request });
  };

  return {
    sink: { row, broken },
    taken: () => {
      const taken = findings;
      findings = [];
      return taken;
    },
  };
};
