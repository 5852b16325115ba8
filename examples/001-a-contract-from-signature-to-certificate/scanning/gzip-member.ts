import { createInflateRaw, constants } from 'node:zlib';

/** How a gzip member begins (RFC 1952): two magic bytes, then 8 for "deflate". */
export const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);

const fixedBytes = 10;
const headerBytesMax = 64 * 1024;

/** Where a part of the header ends; beyond the bytes that are there when it is longer than they are. */
type PartEnd = (bytes: Buffer, at: number) => number;

const zeroTerminated: PartEnd = (bytes, at) => {
  const zero = bytes.indexOf(0, at);
  return zero === -1 ? Infinity : zero + 1;
};

const parts: readonly (readonly [flag: number, end: PartEnd])[] = [
  [4, (bytes, at) => (at + 2 > bytes.length ? Infinity : at + 2 + bytes.readUInt16LE(at))],
  [8, zeroTerminated],
  [16, zeroTerminated],
  [2, (_bytes, at) => at + 2],
];

/** Where the compressed data begins; `undefined` when the header is longer than what is there. */
const headerEnd = (bytes: Buffer): number | undefined => {
  if (bytes.length < fixedBytes) return undefined;
  const flags = bytes.readUInt8(3);
  let end = fixedBytes;
  for (const [flag, partEnd] of parts) {
    if ((flags & flag) !== 0 && end <= bytes.length) end = partEnd(bytes, end);
  }
  return end <= bytes.length ? end : undefined;
};

/** The pieces of a member without its header; nothing when the header never ends. */
async function* withoutHeader(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let header: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (header === undefined) {
      yield piece;
      continue;
    }
    header = Buffer.concat([header, piece]);
    const start = headerEnd(header);
    if (start === undefined) {
      if (header.length > headerBytesMax) return;
      continue;
    }
    yield header.subarray(start);
    header = undefined;
  }
}

/**
 * Unpacks the gzip member with which some bytes begin, piece by piece, as far as it goes: what follows it is left
 * alone, and what breaks it off ends it. `createGunzip` would throw away what came just before such an end.
 */
export async function* unpackedMember(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  const content: Buffer[] = [];
  const state = { isOver: false };
  const over = (): void => {
    state.isOver = true;
  };
  inflate.on('data', (piece: Buffer) => content.push(piece));
  inflate.once('error', over).once('end', over);
  const closed = new Promise<void>((resolve) => inflate.once('close', () => resolve()));
  const write = (piece: Buffer): Promise<void> =>
    new Promise((resolve) => inflate.write(piece, () => resolve()));
  try {
    for await (const piece of withoutHeader(pieces)) {
      await Promise.race([write(piece), closed]);
      yield* content.splice(0);
      if (state.isOver) return;
    }
    inflate.end();
    await closed;
    yield* content.splice(0);
  } finally {
    inflate.destroy();
  }
}
