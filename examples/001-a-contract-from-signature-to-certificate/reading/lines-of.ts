import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InputProblem } from './input-problem';
import { foreignEncodingOf } from './text-file';

/** One line of a file that may be larger than memory. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Without the line feed; cut off when the line is too long. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
  /** Where the next line begins, in bytes from the beginning of the file. */
  readonly next: number;
}

/** A place between two lines to read on from. */
export interface LinePlace {
  readonly lines: number;
  readonly bytes: number;
}

export const fromTheBeginning: LinePlace = { lines: 0, bytes: 0 };

const lineFeed = 0x0a;
const nothing = Buffer.alloc(0);
const lineBytesMax = 64 * 1024;

const firstBytesOf = async (path: string): Promise<Buffer> => {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Refuses what is no file that can be read, and a file whose first bytes say that it is not UTF-8. */
export const requireTextFile = async (path: string, file: string): Promise<void> => {
  const refuse = (found: string) => (): never => {
    throw new InputProblem([{ file, expected: 'a file that can be read', found }]);
  };
  const status = await stat(path).catch(refuse('none'));
  // Asked before it is opened: opening a pipe would wait for somebody to write into it.
  if (!status.isFile()) refuse(status.isDirectory() ? 'a folder' : 'something that is no file')();
  const bytes = await firstBytesOf(path).catch(refuse('one that cannot be read'));
  const foreign = foreignEncodingOf(bytes);
  if (foreign !== undefined) throw new InputProblem([{ file, line: 1, expected: 'UTF-8', found: foreign }]);
};

/** Every line of a file in order, holding one chunk and one line at a time. */
export async function* linesOf(path: string, place: LinePlace = fromTheBeginning): AsyncGenerator<Line> {
  let number = place.lines;
  let offset = place.bytes;
  let pending: Buffer = nothing;
  let pendingLength = 0;

  const hold = (bytes: Buffer): void => {
    pendingLength += bytes.length;
    const kept = bytes.subarray(0, Math.max(0, lineBytesMax - pending.length));
    if (kept.length > 0) pending = pending.length === 0 ? kept : Buffer.concat([pending, kept]);
  };
  const line = (terminator: number): Line => {
    number += 1;
    offset += pendingLength + terminator;
    const read = { number, bytes: pending, isTooLong: pendingLength > lineBytesMax, next: offset };
    pending = nothing;
    pendingLength = 0;
    return read;
  };

  for await (const read of createReadStream(path, { start: place.bytes, highWaterMark: 256 * 1024 })) {
    const chunk = read as Buffer;
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      yield line(1);
    }
    hold(chunk.subarray(start));
  }
  if (pendingLength > 0) yield line(0);
}
