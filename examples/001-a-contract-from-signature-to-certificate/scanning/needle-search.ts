/** Bytes to look for, and what they would mean. */
export interface Needle<Meaning> {
  readonly bytes: Buffer;
  readonly meaning: Meaning;
}

const windowBytes = 8;
const multiplier = 0x01000193;
const filterBits = 20;

/** The hash of the window of eight bytes that begins at `start`. */
const hashAt = (bytes: Uint8Array, start: number): number => {
  let hash = 0;
  for (let index = 0; index < windowBytes; index += 1) {
    hash = (Math.imul(hash, multiplier) + (bytes[start + index] ?? 0)) | 0;
  }
  return hash;
};

const leaving = ((): number => {
  let power = 1;
  for (let index = 1; index < windowBytes; index += 1) power = Math.imul(power, multiplier);
  return power;
})();

const slotOf = (hash: number): number => hash >>> (32 - filterBits);

/**
 * Finds thousands of needles in one pass (Rabin and Karp, 1987): the hash of a window of eight bytes rolls over the
 * data; where it equals that of a needle's first eight, the bytes themselves are compared.
 */
export class NeedleSearch<Meaning> {
  readonly longest: number;
  readonly #filter = new Uint8Array(2 ** filterBits);
  readonly #byHash = new Map<number, Needle<Meaning>[]>();

  constructor(needles: readonly Needle<Meaning>[]) {
    for (const needle of needles) {
      if (needle.bytes.length < windowBytes) {
        throw new RangeError(`Expected needles of ${windowBytes} bytes or more.`);
      }
      const hash = hashAt(needle.bytes, 0);
      this.#filter[slotOf(hash)] = 1;
      const others = this.#byHash.get(hash);
      if (others === undefined) this.#byHash.set(hash, [needle]);
      else others.push(needle);
    }
    this.longest = Math.max(windowBytes, ...needles.map(({ bytes }) => bytes.length));
  }

  /** Every needle that begins before `until`. */
  find(data: Buffer, until: number, found: (meaning: Meaning, at: number) => void): void {
    const last = Math.min(until, data.length - windowBytes + 1);
    if (last <= 0) return;
    let hash = hashAt(data, 0);
    for (let start = 0; start < last; start += 1) {
      if (this.#filter[slotOf(hash)] === 1) this.#compare(data, start, hash, found);
      const out = Math.imul(data[start] ?? 0, leaving);
      hash = (Math.imul((hash - out) | 0, multiplier) + (data[start + windowBytes] ?? 0)) | 0;
    }
  }

  #compare(data: Buffer, start: number, hash: number, found: (meaning: Meaning, at: number) => void): void {
    for (const { bytes, meaning } of this.#byHash.get(hash) ?? []) {
      const end = start + bytes.length;
      if (end <= data.length && data.compare(bytes, 0, bytes.length, start, end) === 0) found(meaning, start);
    }
  }
}
