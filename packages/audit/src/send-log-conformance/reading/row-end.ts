const [quote, newline] = [0x22, 0x0a];

const beginsAt = (bytes: Uint8Array, at: number, text: Uint8Array): boolean =>
  text.every((byte, index) => bytes[at + index] === byte);

/** Behind the quote that closes a field: two quotes stand for one. */
const endOfQuoted = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length) {
    if (bytes[at] !== quote) at += 1;
    else if (bytes[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return at;
};

/**
 * Behind the first row of these bytes, as the parser sees it: a quote opens a field in front of it only, and a newline
 * within quotes ends nothing. Undefined when the row goes on.
 */
export const endOfRow = (bytes: Uint8Array, delimiter: Uint8Array): number | undefined => {
  let isFieldStart = true;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === newline) return at + 1;
    if (isFieldStart && bytes[at] === quote) {
      at = endOfQuoted(bytes, at + 1);
      isFieldStart = false;
    } else {
      isFieldStart = beginsAt(bytes, at, delimiter);
      at += isFieldStart ? delimiter.length : 1;
    }
  }
  return undefined;
};
