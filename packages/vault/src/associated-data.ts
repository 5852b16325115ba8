/** What stands before each part. */
export const LENGTH_BYTES = 4;
const NOTHING = new Uint8Array();

/**
 * Joins strings to bytes so that different lists never give the same bytes: each part is preceded by its length. Plain
 * concatenation would let contract `a`, data set `bc` pass for contract `ab`, data set `c`.
 */
export const encodeParts = (purpose: string, version: number, parts: readonly string[]): Buffer =>
  Buffer.concat([Buffer.of(version), ...[purpose, ...parts].map(encodePart)]);

/** One part, as it stands in a list. */
export const encodePart = (part: string): Buffer => encodeAmid(NOTHING, part, NOTHING);

/**
 * A list of which all was encoded before but one part: the values of an import differ by their recipient, and what comes
 * before and after that stays the same.
 */
export const encodeAmid = (before: Uint8Array, part: string, after: Uint8Array): Buffer => {
  const partBytes = Buffer.byteLength(part);
  const bytes = Buffer.allocUnsafe(before.length + LENGTH_BYTES + partBytes + after.length);
  bytes.set(before);
  bytes.write(part, bytes.writeUInt32BE(partBytes, before.length));
  bytes.set(after, bytes.length - after.length);
  return bytes;
};
