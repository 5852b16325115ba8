import fc from 'fast-check';
import type { LogRow } from '../send-log-conformance/columns';
import type { ReadOutcome } from './read-outcomes';
import { awkwardTexts, byteOrderMark, lineEnds, type WrittenLog } from './written-log';

const lineOfJson = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(awkwardTexts, fc.oneof(awkwardTexts, fc.integer(), fc.constant(null)), {
      maxKeys: 3,
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom([], 7, null, 'text') },
);
const jsonLine = fc.oneof(
  { weight: 4, arbitrary: lineOfJson.map((value) => Buffer.from(JSON.stringify(value))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '  ', '\t', '{"cut": "', '\uFEFF', 'ż').map((line) => Buffer.from(line)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom([0xff], [0x22, 0xc5, 0x22], [0xf0, 0x9f]).map((line) => Buffer.from(line)),
  },
);

const decoded = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** From one line to what it is; nothing is shared with the reader. */
const outcomeOfLine = (bytes: Buffer, line: number, lineBytesMax: number): readonly ReadOutcome[] => {
  if (bytes.length > lineBytesMax) return [{ line, problem: 'line-too-long' }];
  const text = decoded(bytes);
  if (text === undefined) return [{ line, problem: 'not-utf-8' }];
  const content = line === 1 ? text.replace(/^\uFEFF/, '') : text;
  if (content.trim() === '') return [];
  const value = parsed(content);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return [isObject ? { line, row: value as LogRow } : { line, problem: 'not-json' }];
};

const linesIn = (bytes: Buffer): readonly Buffer[] => {
  const at = bytes.indexOf('\n');
  return at < 0 ? [bytes] : [bytes.subarray(0, at), ...linesIn(bytes.subarray(at + 1))];
};

/** What comes of JSON Lines when everything is there at once. */
const jsonLinesAtOnce = (bytes: Buffer, lineBytesMax: number): readonly ReadOutcome[] =>
  linesIn(bytes).flatMap((line, index) => outcomeOfLine(line, index + 1, lineBytesMax));

export const jsonLogs = (lineBytesMax: number): fc.Arbitrary<WrittenLog> =>
  fc
    .record({
      lines: fc.array(fc.tuple(jsonLine, lineEnds), { maxLength: 12 }),
      hasMark: fc.boolean(),
      hasEnd: fc.boolean(),
    })
    .map(({ lines, hasMark, hasEnd }) => {
      const parts = lines.flatMap(([line, end], index) =>
        index === lines.length - 1 && !hasEnd ? [line] : [line, Buffer.from(end)],
      );
      const bytes = Buffer.concat([...(hasMark ? [byteOrderMark] : []), ...parts]);
      return { bytes, outcomes: jsonLinesAtOnce(bytes, lineBytesMax) };
    });
