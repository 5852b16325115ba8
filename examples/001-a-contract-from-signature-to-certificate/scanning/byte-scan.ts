import { createReadStream } from 'node:fs';
import { gzipMagic, unpackedMember } from './gzip-member';
import type { NeedleSearch } from './needle-search';

/** A gzip within a gzip within a gzip is looked into, no deeper. */
const depthMax = 3;

type Found<Meaning> = (meaning: Meaning, isCompressed: boolean) => void;

/** Looks through bytes that come in pieces, and notes where a gzip member may begin. */
class ByteScan<Meaning> {
  readonly gzips: number[] = [];
  readonly #search: NeedleSearch<Meaning>;
  readonly #found: (meaning: Meaning) => void;
  #data = Buffer.alloc(0);
  #base = 0;

  constructor(search: NeedleSearch<Meaning>, found: (meaning: Meaning) => void) {
    this.#search = search;
    this.#found = found;
  }

  /** What begins in the last bytes of a piece may end in the next one: those are looked at again with it. */
  add(piece: Buffer): void {
    this.#data = Buffer.concat([this.#data, piece]);
    this.#scanUntil(Math.max(0, this.#data.length - this.#search.longest));
  }

  /** Answers with the number of bytes. */
  end(): number {
    this.#scanUntil(this.#data.length);
    return this.#base;
  }

  #scanUntil(until: number): void {
    const data = this.#data;
    this.#search.find(data, until, this.#found);
    for (let at = data.indexOf(gzipMagic); at !== -1 && at < until; at = data.indexOf(gzipMagic, at + 1)) {
      this.gzips.push(this.#base + at);
    }
    this.#data = data.subarray(until);
    this.#base += until;
  }
}

/** The bytes of something from a place on, in pieces. */
type ReadFrom = (start: number) => AsyncIterable<Buffer>;

async function* fromPlace(pieces: AsyncIterable<Buffer>, start: number): AsyncGenerator<Buffer> {
  let left = start;
  for await (const piece of pieces) {
    const skipped = Math.min(left, piece.length);
    left -= skipped;
    if (skipped < piece.length) yield piece.subarray(skipped);
  }
}

const memberReader =
  (read: ReadFrom, place: number): ReadFrom =>
  (start) =>
    fromPlace(unpackedMember(read(place)), start);

const scanDeep = async <Meaning>(
  read: ReadFrom,
  search: NeedleSearch<Meaning>,
  found: Found<Meaning>,
  depth = 0,
): Promise<number> => {
  const scan = new ByteScan(search, (meaning) => found(meaning, depth > 0));
  for await (const piece of read(0)) scan.add(piece);
  const bytes = scan.end();
  for (const place of depth < depthMax ? scan.gzips : []) {
    await scanDeep(memberReader(read, place), search, found, depth + 1);
  }
  return bytes;
};

/** Looks through a file byte by byte, and into every gzip member within it. Answers with the length of the file. */
export const scanFile = <Meaning>(
  path: string,
  search: NeedleSearch<Meaning>,
  found: Found<Meaning>,
): Promise<number> => scanDeep((start) => createReadStream(path, { start }), search, found);
