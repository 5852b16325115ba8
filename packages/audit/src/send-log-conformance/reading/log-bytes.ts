import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SendLogError } from '../send-log-error';
import type { LogBytes } from './row-sink';

const pieceBytes = 256 * 1024;

/** A log that is being read, and how far. */
export interface OpenedLog extends LogBytes {
  /** Bytes of the file that were read, packed as they are. */
  readonly bytesRead: () => number;
  /** Unknown for a log that is no file. */
  readonly bytesTotal: number | undefined;
}

const isGzip = (piece: Uint8Array): boolean => piece[0] === 0x1f && piece[1] === 0x8b;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';

/** A stream of bytes, counted; it ends where it fails, and then says so. */
const counted = async function* (
  pieces: AsyncIterable<Uint8Array>,
  { onBytes, onFailure }: { onBytes: (bytes: number) => void; onFailure: (error: unknown) => void },
): AsyncGenerator<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]();
  let isOpen = true;
  try {
    for (;;) {
      const next = await reading.next().catch((error: unknown) => {
        onFailure(error);
        return { done: true, value: undefined } as const;
      });
      if (next.done === true) {
        isOpen = false;
        return;
      }
      onBytes(next.value.length);
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    if (isOpen) await reading.return?.();
  }
};

/** Enough of the beginning to see what it is. */
const headOf = async (pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> => {
  let head: Uint8Array = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await pieces.next();
    if (next.done === true) return head;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
};

/** Unpacks what begins as gzip does (RFC 1952), and leaves everything else as it is. */
const unpacked = async function* (
  pieces: AsyncGenerator<Uint8Array>,
  { isNamedPacked, onFailure }: { isNamedPacked: boolean; onFailure: (error: unknown) => void },
): AsyncGenerator<Uint8Array> {
  const head = await headOf(pieces);
  // Too short to be seen as packed: by its name alone it is a log of which nothing is left, and not an empty one.
  if (isNamedPacked && head.length < 2) onFailure({ code: 'less than the beginning of gzip data' });
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    yield* pieces;
  };
  if (!isGzip(head)) {
    yield* all();
    return;
  }
  let packedBytes = 0;
  const packed = Readable.from(
    counted(all(), { onBytes: (bytes) => void (packedBytes += bytes), onFailure }),
  );
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  yield* counted(gunzip as AsyncIterable<Uint8Array>, { onBytes: () => undefined, onFailure });
  // Node passes over what follows the last member without a word.
  if (gunzip.bytesWritten < packedBytes) onFailure({ code: 'bytes behind the end of the gzip data' });
};

interface LogSource {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly bytesTotal: number | undefined;
}

const unreadable = (found: string, options?: ErrorOptions): SendLogError =>
  new SendLogError(
    'send-log-unreadable',
    `The send log: expected a file that can be read, found ${found}. Check the path and the rights.`,
    options,
  );

const sourceIn = async (file: string): Promise<LogSource> => {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(`none that can be opened under its name (${codeOf(cause)})`, { cause });
  });
  const stats = await handle.stat();
  if (stats.isDirectory()) {
    await handle.close();
    throw unreadable('a directory');
  }
  return {
    pieces: handle.createReadStream({ highWaterMark: pieceBytes }) as AsyncIterable<Uint8Array>,
    bytesTotal: stats.isFile() ? stats.size : undefined,
  };
};

/** Opens a file or takes bytes from anywhere, packed with gzip or not. Throws a `SendLogError`. */
export const openLog = async (log: string | AsyncIterable<Uint8Array>): Promise<OpenedLog> => {
  const source: LogSource =
    typeof log === 'string' ? await sourceIn(log) : { pieces: log, bytesTotal: undefined };
  let [bytesRead, problem]: [number, string | undefined] = [0, undefined];
  const onFailure = (error: unknown): void => {
    problem ??= `expected the log to go on to its end, found that it cannot be read from here on (${codeOf(error)}). What follows was not checked.`;
  };
  const read = counted(source.pieces, {
    onBytes: (bytes) => void (bytesRead += bytes),
    onFailure,
  });
  const isNamedPacked = typeof log === 'string' && /\.gz$/i.test(log);
  return {
    pieces: unpacked(read, { isNamedPacked, onFailure }),
    cutOff: () => problem,
    bytesRead: () => bytesRead,
    bytesTotal: source.bytesTotal,
  };
};
