export { checkSendLog, sendLogFindings, sendLogFormatOf } from './check-send-log';
export type { SendLogCheckOptions, SendLogFormat, SendLogOptions, SendLogProgress } from './check-send-log';
export { lineProblems } from './findings';
export type {
  BrokenLine,
  LaterUnlawful,
  LineProblem,
  LogPlace,
  SendLogFinding,
  SendLogReason,
  Violation,
} from './findings';
export { sendLogFields } from './columns';
export type { ColumnName, SendLogColumns, SendLogField } from './columns';
export type { RecordedDecisions } from './recorded-decisions';
export { isSendLogError, SendLogError } from './send-log-error';
export type { SendLogErrorCode } from './send-log-error';
export { summaryAsCsv, summaryAsJson, summaryAsTable } from './summary-texts';
export type { ContractCounts, SendLogSummary } from './summary';
