import type { LineCounter } from './line-counter';

/** What the parser may hold that it has not given out yet. */
const bytesAheadMax = 1024 * 1024;
const feedBytesMax = 64 * 1024;

const byteOrderMark = Buffer.from('\uFEFF');

/** The bytes without the mark that some programs put in front of UTF-8. */
const withoutMark = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (begun === undefined) {
      yield piece;
      continue;
    }
    begun = Buffer.concat([begun, piece]);
    if (begun.length < byteOrderMark.length) continue;
    yield begun.subarray(begun.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0);
    begun = undefined;
  }
  if (begun !== undefined) yield begun;
};

/** Feeds the parser, until a row has no end: with a quote that is never closed it would take in the whole log. */
export const feedOf = async function* (
  pieces: AsyncIterable<Uint8Array>,
  { lines, rowBytesMax }: { readonly lines: LineCounter; readonly rowBytesMax: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of withoutMark(pieces)) {
    for (let from = 0; from < piece.length; from += feedBytesMax) {
      if (lines.waiting > rowBytesMax + bytesAheadMax) return;
      const part = piece.subarray(from, from + feedBytesMax);
      lines.add(part);
      yield part;
    }
  }
};
