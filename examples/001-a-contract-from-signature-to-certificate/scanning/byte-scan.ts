import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { NeedleSearch } from './needle-search';

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);
/** A gzip within a gzip within a gzip is looked into, no deeper. */
const depthMax = 3;

type Found<Meaning> = (meaning: Meaning, isCompressed: boolean) => void;

/** Bytes that can be read again from a place on. */
type OpenAt = (start: number) => Readable;

const gzipPlaces = (data: Buffer, until: number, base: number): readonly number[] => {
  const places: number[] = [];
  for (let at = data.indexOf(gzipMagic); at !== -1 && at < until; at = data.indexOf(gzipMagic, at + 1)) {
    places.push(base + at);
  }
  return places;
};

/** Looks through one stream; answers with its length and the places where a gzip member may begin. */
const scanStream = async <Meaning>(
  stream: Readable,
  search: NeedleSearch<Meaning>,
  found: (meaning: Meaning) => void,
): Promise<{ readonly bytes: number; readonly gzips: readonly number[] }> => {
  const gzips: number[] = [];
  let data = Buffer.alloc(0);
  let base = 0;
  // What begins in the last bytes of a chunk may end in the next one: those bytes are looked at again with it.
  const scanUntil = (until: number): void => {
    search.find(data, until, found);
    gzips.push(...gzipPlaces(data, until, base));
    data = data.subarray(until);
    base += until;
  };
  try {
    for await (const chunk of stream) {
      data = Buffer.concat([data, chunk as Buffer]);
      scanUntil(Math.max(0, data.length - search.longest));
    }
  } catch (error) {
    // Three bytes like the beginning of a gzip member are often something else, or the member is cut off.
    if (!isZlibError(error)) throw error;
  }
  scanUntil(data.length);
  return { bytes: base, gzips };
};

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_|^ERR_(?:ZLIB|TRAILING)/.test(String(error.code));

async function* withoutFirst(stream: Readable, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const read of stream) {
    const chunk = read as Buffer;
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

/** The content of the gzip member that begins at a place. */
const unpackedFrom =
  (open: OpenAt, place: number): OpenAt =>
  (start) => {
    const source = open(place);
    const gunzip = createGunzip();
    source.once('error', (error) => gunzip.destroy(error));
    gunzip.once('close', () => source.destroy());
    const content = source.pipe(gunzip);
    return start === 0 ? content : Readable.from(withoutFirst(content, start));
  };

const scanDeep = async <Meaning>(
  open: OpenAt,
  search: NeedleSearch<Meaning>,
  found: Found<Meaning>,
  depth: number,
): Promise<number> => {
  const { bytes, gzips } = await scanStream(open(0), search, (meaning) => {
    found(meaning, depth > 0);
  });
  if (depth < depthMax) {
    for (const place of gzips) await scanDeep(unpackedFrom(open, place), search, found, depth + 1);
  }
  return bytes;
};

/** Looks through a file byte by byte, and into every gzip member within it. Answers with the length of the file. */
export const scanFile = <Meaning>(
  path: string,
  search: NeedleSearch<Meaning>,
  found: Found<Meaning>,
): Promise<number> => scanDeep((start) => createReadStream(path, { start }), search, found, 0);
