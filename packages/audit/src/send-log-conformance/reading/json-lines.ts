import { isUtf8 } from 'node:buffer';
import { isRecord, shapeOf } from '@mandate/event-sourcing';
import { LineCutter, type LineBlock } from './line-blocks';
import type { ReadRows, RowSink } from './row-sink';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const byteOrderMark = '\uFEFF';

const isBlank = (text: string): boolean => text === '' || text.trim() === '';

const takeLine = (sink: RowSink, line: number, withMark: string): void => {
  const text = line === 1 && withMark.startsWith(byteOrderMark) ? withMark.slice(1) : withMark;
  const value = parsed(text);
  if (isRecord(value)) {
    sink.row(line, value);
    return;
  }
  if (isBlank(text)) return;
  const found = value === undefined ? `${text.length} characters that are none` : shapeOf(value);
  sink.broken(line, 'not-json', `expected one JSON object on the line, found ${found}.`);
};

const notUtf8 = 'expected UTF-8 (RFC 3629), found bytes that are none.';

/** Looks at each line by itself when a block holds bytes that are no text: the others are as good as ever. */
const takeLineByLine = (sink: RowSink, { bytes, firstLine }: LineBlock, lineBytesMax: number): void => {
  let line = firstLine;
  for (let from = 0; from <= bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, from);
    const until = newline < 0 ? bytes.length : newline;
    const part = bytes.subarray(from, until);
    if (part.length > lineBytesMax) sink.broken(line, 'line-too-long', tooLong(lineBytesMax));
    else if (isUtf8(part)) takeLine(sink, line, part.toString('utf8'));
    else sink.broken(line, 'not-utf-8', notUtf8);
    from = until + 1;
  }
};

const tooLong = (lineBytesMax: number): string =>
  `expected at most ${lineBytesMax} bytes on a line, found more. Raise lineBytesMax if such lines are meant.`;

const takeText = (sink: RowSink, text: string, firstLine: number): void => {
  let [from, line] = [0, firstLine];
  for (;;) {
    const newline = text.indexOf('\n', from);
    takeLine(sink, line, newline < 0 ? text.slice(from) : text.slice(from, newline));
    if (newline < 0) return;
    from = newline + 1;
    line += 1;
  }
};

const takeBlock = (sink: RowSink, block: LineBlock, lineBytesMax: number): void => {
  const { bytes, firstLine } = block;
  if (!isUtf8(bytes) || bytes.length > lineBytesMax) {
    takeLineByLine(sink, block, lineBytesMax);
    return;
  }
  takeText(sink, bytes.toString('utf8'), firstLine);
};

/** Reads a log with one JSON object on each line. Lines end with LF or CRLF; a byte order mark is passed over. */
export const readJsonLines = (lineBytesMax: number): ReadRows =>
  async function* readRows({ pieces, cutOff }, sink) {
    const cutter = new LineCutter(lineBytesMax);
    const takeAll = (blocks: ReturnType<LineCutter['take']>): void => {
      for (const block of blocks) {
        if ('longLine' in block) sink.broken(block.longLine, 'line-too-long', tooLong(lineBytesMax));
        else takeBlock(sink, block, lineBytesMax);
      }
    };
    for await (const piece of pieces) {
      takeAll(cutter.take(piece));
      yield;
    }
    const problem = cutOff();
    // Half a line would be taken for something that it is not.
    if (problem === undefined) takeAll(cutter.end());
    else sink.broken(cutter.line, 'log-cut-off', problem);
  };
