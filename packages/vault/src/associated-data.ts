/**
 * Joins strings to bytes so that different lists never give the same bytes: each part is preceded by its length. Plain
 * concatenation would let contract `a`, data set `bc` pass for contract `ab`, data set `c`.
 */
export const encodeParts = (purpose: string, version: number, parts: readonly string[]): Buffer => {
  const encoded = [purpose, ...parts].map((part) => Buffer.from(part, 'utf8'));
  const size = encoded.reduce((sum, part) => sum + LENGTH_BYTES + part.length, 1);
  const bytes = Buffer.alloc(size);
  bytes.writeUInt8(version, 0);
  let offset = 1;
  for (const part of encoded) {
    offset = bytes.writeUInt32BE(part.length, offset);
    offset += part.copy(bytes, offset);
  }
  return bytes;
};

const LENGTH_BYTES = 4;
