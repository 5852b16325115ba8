import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample } from './example';
import { madeUpPerson, sendLog } from './send-log';

const folder = mkdtempSync(join(tmpdir(), 'mandate-example-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said: string[] = [];
let findings = '';
beforeAll(async () => {
  const { checked } = await runExample({ folder, say: (line) => void said.push(line) });
  findings = JSON.stringify([...checked.byLine.values()]);
});

const escaped = (text: string): string =>
  text.replace(/[^ -~]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'decomposed UTF-8': (text) => Buffer.from(text.normalize('NFD')),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  hexadecimal: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  'percent-encoding': (text) => Buffer.from(encodeURIComponent(text)),
  'JSON escapes': (text) => Buffer.from(escaped(text)),
  base64: (text) => Buffer.from(Buffer.from(text).toString('base64')),
};

/** The characters of base64 that depend on the text alone, for each place in a group of three bytes. */
const inBase64 = (text: string): readonly Buffer[] =>
  [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
    const [first, end] = [Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return Buffer.from(bytes.toString('base64').slice(first, end));
  });

/** What every made-up address, number and subject holds, whoever it belongs to. */
const marks = ['zoé.canary-', '+330000', 'Bonjour Zoé Canarî nº '];

const marksIn = (bytes: Uint8Array): readonly string[] => {
  const searched = Buffer.from(bytes);
  return marks.filter((mark) =>
    [...Object.values(encodings).map((encode) => encode(mark)), ...inBase64(mark)].some((needle) =>
      searched.includes(needle),
    ),
  );
};

it.each(Object.entries(encodings))('the search finds a line of the log in %s', (_name, encode) => {
  const [line] = sendLog(1);
  expect(marksIn(encode(line?.text ?? ''))).toEqual(marks);
  expect(marksIn(encode(`.${line?.text ?? ''}`))).toEqual(marks);
});

it('no person of the log is in the output, the findings or the history', () => {
  expect(marksIn(Buffer.from(said.join('\n')))).toEqual([]);
  expect(marksIn(Buffer.from(findings))).toEqual([]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const holding = files.filter(
    ({ parentPath, name }) => marksIn(readFileSync(join(parentPath, name))).length > 0,
  );
  expect(files.length).toBeGreaterThan(3);
  expect(holding.map(({ name }) => name)).toEqual(['sends.jsonl']);
});

it('no digest of an address is in the output or the findings', () => {
  const everything = said.join('\n') + findings;
  const digests = sendLog(1).flatMap((_line, index) => {
    const digest = createHash('sha256')
      .update(madeUpPerson(index + 1).recipient)
      .digest();
    return [digest.toString('hex'), digest.toString('base64')];
  });
  expect(digests).toHaveLength(5000);
  expect(digests.filter((digest) => everything.includes(digest))).toEqual([]);
});
