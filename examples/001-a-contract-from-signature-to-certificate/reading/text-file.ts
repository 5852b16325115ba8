import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { InputProblem } from './input-problem';

const lineFeed = 0x0a;

/** The encoding that the first bytes announce, when it is not UTF-8. */
export const foreignEncodingOf = (bytes: Buffer): string | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 (little-endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
  return undefined;
};

const firstBrokenLine = (bytes: Buffer): number => {
  for (let start = 0, line = 1; ; line += 1) {
    const end = bytes.indexOf(lineFeed, start);
    if (!isUtf8(bytes.subarray(start, end === -1 ? bytes.length : end))) return line;
    if (end === -1) return line;
    start = end + 1;
  }
};

const readBytes = (path: string, file: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    const found = existsSync(path) ? 'one that cannot be read' : 'no file of this name';
    throw new InputProblem([{ file, expected: 'a file', found }]);
  }
};

/** A small text file as a whole; it has to be UTF-8. `file` is how messages name it. */
export const readTextFile = (path: string, file: string): string => {
  const bytes = readBytes(path, file);
  const foreign = foreignEncodingOf(bytes);
  if (foreign !== undefined) throw new InputProblem([{ file, line: 1, expected: 'UTF-8', found: foreign }]);
  if (!isUtf8(bytes)) {
    const line = firstBrokenLine(bytes);
    throw new InputProblem([{ file, line, expected: 'UTF-8', found: 'bytes that are no UTF-8' }]);
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
};
