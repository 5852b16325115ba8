const newline = 0x0a;

/** Whole lines, without the newline behind the last one. */
export interface LineBlock {
  readonly bytes: Buffer;
  /** Of the first line, counted from 1. */
  readonly firstLine: number;
}

export interface LongLine {
  readonly longLine: number;
}

const asBuffer = (piece: Uint8Array): Buffer =>
  Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);

const newlinesIn = (bytes: Buffer): number => {
  let count = 0;
  for (let place = bytes.indexOf(newline); place >= 0; place = bytes.indexOf(newline, place + 1)) count += 1;
  return count;
};

/**
 * Cuts bytes between lines, wherever they were cut before: a newline is never a part of another character of UTF-8. Of a
 * line that is longer than the limit nothing is kept.
 */
export class LineCutter {
  readonly #lineBytesMax: number;
  #begun: Buffer[] = [];
  #begunBytes = 0;
  #isSkipping = false;
  #line = 1;

  constructor(lineBytesMax: number) {
    this.#lineBytesMax = lineBytesMax;
  }

  /** The line on which the next bytes begin or go on. */
  get line(): number {
    return this.#line;
  }

  *take(piece: Uint8Array): Generator<LineBlock | LongLine> {
    const bytes = asBuffer(piece);
    const first = bytes.indexOf(newline);
    if (first < 0) {
      yield* this.#keep(bytes);
      return;
    }
    yield* this.#keep(bytes.subarray(0, first));
    yield* this.end();
    const last = bytes.lastIndexOf(newline);
    if (last > first) {
      const block = { bytes: bytes.subarray(first + 1, last), firstLine: this.#line };
      this.#line += newlinesIn(block.bytes) + 1;
      yield block;
    }
    yield* this.#keep(bytes.subarray(last + 1));
  }

  /** Ends the line that was begun, if there is one. */
  *end(): Generator<LineBlock | LongLine> {
    const firstLine = this.#line;
    this.#line += 1;
    const [begun, isSkipping] = [this.#begun, this.#isSkipping];
    this.#begun = [];
    this.#begunBytes = 0;
    this.#isSkipping = false;
    const [only] = begun;
    if (isSkipping || only === undefined) return;
    yield { bytes: begun.length === 1 ? only : Buffer.concat(begun), firstLine };
  }

  *#keep(bytes: Buffer): Generator<LongLine> {
    if (this.#isSkipping || bytes.length === 0) return;
    this.#begunBytes += bytes.length;
    if (this.#begunBytes > this.#lineBytesMax) {
      this.#begun = [];
      this.#isSkipping = true;
      yield { longLine: this.#line };
      return;
    }
    this.#begun.push(bytes);
  }
}
