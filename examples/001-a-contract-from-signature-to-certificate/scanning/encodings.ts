/** A way in which text may lie in a file. */
export interface Encoding {
  readonly name: string;
  /** The bytes to look for. Several where the surroundings decide which ones are there. */
  readonly needlesOf: (text: string) => readonly Buffer[];
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The letters that Polish needs beside ASCII, and their places in ISO 8859-2. */
const latin2: Readonly<Record<string, number>> = {
  ...{ Ą: 0xa1, Ć: 0xc6, Ę: 0xca, Ł: 0xa3, Ń: 0xd1, Ó: 0xd3, Ś: 0xa6, Ź: 0xac, Ż: 0xaf },
  ...{ ą: 0xb1, ć: 0xe6, ę: 0xea, ł: 0xb3, ń: 0xf1, ó: 0xf3, ś: 0xb6, ź: 0xbc, ż: 0xbf },
};
const inLatin2 = (text: string): Buffer =>
  Buffer.from(Array.from(text, (letter) => latin2[letter] ?? letter.charCodeAt(0)));

/**
 * The characters of base64 that depend on the text alone, for each of the three places where it may begin within
 * a group of three bytes.
 */
const base64Needles = (text: string, encoding: 'base64' | 'base64url'): readonly Buffer[] => {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].map((shift) => {
    const characters = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
    const first = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    return Buffer.from(characters.slice(first, end), 'latin1');
  });
};

const escapedBytes = (text: string, escape: (byte: number) => string, isPlain: RegExp): Buffer =>
  Buffer.from(
    [...Buffer.from(text, 'utf8')]
      .map((byte) => (isPlain.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : escape(byte)))
      .join(''),
    'latin1',
  );

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const unreserved = /[A-Za-z0-9._~-]/;
/** What quoted-printable (RFC 2045) leaves as it is. */
const printable = /[ !-<>-~]/;

const hexDigits = (text: string): readonly Buffer[] => {
  const digits = Buffer.from(text, 'utf8').toString('hex');
  return [Buffer.from(digits), Buffer.from(digits.toUpperCase())];
};

const jsonEscaped = (text: string): string =>
  text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const percentEncoded = (text: string): readonly Buffer[] => {
  const lower = escapedBytes(text, (byte) => `%${hexOf(byte)}`, unreserved);
  const upper = escapedBytes(text, (byte) => `%${hexOf(byte).toUpperCase()}`, unreserved);
  const form = Buffer.from(upper.toString('latin1').replaceAll('%20', '+'), 'latin1');
  return [lower, upper, form];
};

/** Every encoding that the scanner knows. Inside gzip it looks for all of them again. */
export const encodings: readonly Encoding[] = [
  { name: 'UTF-8', needlesOf: (text) => [Buffer.from(text, 'utf8')] },
  { name: 'decomposed UTF-8', needlesOf: (text) => [Buffer.from(text.normalize('NFD'), 'utf8')] },
  { name: 'UTF-16LE', needlesOf: (text) => [Buffer.from(text, 'utf16le')] },
  { name: 'UTF-16BE', needlesOf: (text) => [utf16be(text)] },
  { name: 'ISO 8859-2', needlesOf: (text) => [inLatin2(text)] },
  { name: 'base64', needlesOf: (text) => base64Needles(text, 'base64') },
  { name: 'base64url', needlesOf: (text) => base64Needles(text, 'base64url') },
  {
    name: 'hexadecimal',
    needlesOf: hexDigits,
  },
  { name: 'percent-encoding', needlesOf: percentEncoded },
  {
    name: 'quoted-printable',
    needlesOf: (text) => [escapedBytes(text, (byte) => `=${hexOf(byte).toUpperCase()}`, printable)],
  },
  { name: 'JSON escapes', needlesOf: (text) => [Buffer.from(jsonEscaped(text), 'latin1')] },
];
