/** A way in which text may lie in a file. */
export interface Encoding {
  readonly name: string;
  /** The bytes to look for. Several where the surroundings decide which ones are there. */
  readonly needlesOf: (text: string) => readonly Buffer[];
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Letters of ISO 8859-2 that Polish needs beside ASCII. */
const latin2 = new Map(
  [...'ĄĆĘŁŃÓŚŹŻąćęłńóśźż'].map((letter, index) => [
    letter,
    [0xa1, 0xc6, 0xca, 0xa3, 0xd1, 0xd3, 0xa6, 0xac, 0xaf, 0xb1, 0xe6, 0xea, 0xb3, 0xf1, 0xf3, 0xb6, 0xbc, 0xbf][
      index
    ] ?? 0,
  ]),
);
const inLatin2 = (text: string): Buffer =>
  Buffer.from([...text].map((letter) => latin2.get(letter) ?? letter.charCodeAt(0)));

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
  { name: 'UTF-8, decomposed', needlesOf: (text) => [Buffer.from(text.normalize('NFD'), 'utf8')] },
  { name: 'UTF-16LE', needlesOf: (text) => [Buffer.from(text, 'utf16le')] },
  { name: 'UTF-16BE', needlesOf: (text) => [utf16be(text)] },
  { name: 'ISO 8859-2', needlesOf: (text) => [inLatin2(text)] },
  { name: 'base64', needlesOf: (text) => base64Needles(text, 'base64') },
  { name: 'base64url', needlesOf: (text) => base64Needles(text, 'base64url') },
  {
    name: 'hexadecimal',
    needlesOf: (text) => {
      const digits = Buffer.from(text, 'utf8').toString('hex');
      return [Buffer.from(digits), Buffer.from(digits.toUpperCase())];
    },
  },
  { name: 'percent-encoding', needlesOf: percentEncoded },
  {
    name: 'quoted-printable',
    needlesOf: (text) => [escapedBytes(text, (byte) => `=${hexOf(byte).toUpperCase()}`, printable)],
  },
  { name: 'JSON escapes', needlesOf: (text) => [Buffer.from(jsonEscaped(text), 'latin1')] },
];
