const [newline, carriageReturn] = [0x0a, 0x0d];

/** Counts lines in bytes that are read once more, in pieces that are kept until they are counted. */
export class LineCounter {
  readonly #pieces: Uint8Array[] = [];
  /** Of the first byte that is kept. */
  #offset = 0;
  #lines = 0;
  #added = 0;

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#added += piece.length;
  }

  /** Bytes that were added and not counted. */
  get waiting(): number {
    return this.#added - this.#offset;
  }

  /** How many bytes were counted. */
  get counted(): number {
    return this.#offset;
  }

  /** What was added and not counted. */
  rest(): Uint8Array {
    const [only] = this.#pieces;
    return only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
  }

  /** The line on which the next record begins, after empty ones. */
  nextLine(): number {
    for (let byte = this.#first(); byte === newline || byte === carriageReturn; byte = this.#first()) {
      this.countTo(this.#offset + 1);
    }
    return this.#lines + 1;
  }

  /** Passes over everything in front of a place. */
  countTo(end: number): void {
    for (let piece = this.#pieces[0]; piece !== undefined && this.#offset < end; piece = this.#pieces[0]) {
      const passed = piece.subarray(0, end - this.#offset);
      for (let at = passed.indexOf(newline); at >= 0; at = passed.indexOf(newline, at + 1)) this.#lines += 1;
      this.#offset += passed.length;
      if (passed.length === piece.length) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(passed.length);
    }
  }

  #first(): number | undefined {
    return this.#pieces[0]?.[0];
  }
}
