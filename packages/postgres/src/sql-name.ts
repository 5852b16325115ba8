// PostgreSQL cuts longer names off without an error, and would then speak of another table.
const nameBytesMax = 63;

/**
 * A name of a schema, table or column as it stands in SQL, whatever characters it has. Throws a `RangeError` for what
 * cannot be a name.
 */
export const sqlName = (name: string, what: string): string => {
  const bytes = typeof name === 'string' ? Buffer.byteLength(name) : 0;
  if (bytes >= 1 && bytes <= nameBytesMax && !name.includes('\0')) return `"${name.replaceAll('"', '""')}"`;
  const found = typeof name === 'string' ? `a text of ${bytes} bytes` : `a value of type ${typeof name}`;
  throw new RangeError(
    `${what}: expected a name of 1 to ${nameBytesMax} bytes without a null character; found ${found}.`,
  );
};
