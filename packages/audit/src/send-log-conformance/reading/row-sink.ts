import type { LogRow } from '../columns';
import type { LineProblem } from '../findings';

/** Takes what is read from a log, record by record. */
export interface RowSink {
  readonly row: (line: number, row: LogRow) => void;
  readonly broken: (line: number, problem: LineProblem, sentence: string) => void;
}

/** The bytes of a log, and why they ended early, if they did. */
export interface LogBytes {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** A sentence once the bytes have ended before their time. */
  readonly cutOff: () => string | undefined;
}

/** Reads a log piece by piece; what a piece held has reached the sink when it yields. */
export type ReadRows = (log: LogBytes, sink: RowSink) => AsyncGenerator<void, void>;
