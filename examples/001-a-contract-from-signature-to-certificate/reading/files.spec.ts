import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromTheBeginning, linesOf, type Line } from './lines-of';
import { readRecipients, requireRecipients, type ReadRecipient } from './recipients-file';
import { readSendLog, type LoggedSend, type UnreadableLine } from './send-log';

const folder = mkdtempSync(join(tmpdir(), 'mandate-reading-'));
const path = join(folder, 'file');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
};

describe('the lines of a file', () => {
  const written = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 10 });

  it('are what lies between line feeds, each once, from any place on', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.nat(), async (parts, place) => {
        const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
        writeFileSync(path, bytes);
        const lines = await all(linesOf(path));
        expect(lines.map((line) => line.bytes.toString('latin1')).join('\n')).toBe(
          bytes.subarray(0, -1).toString('latin1'),
        );
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_line, index) => index + 1));
        const last = lines[place % lines.length] as Line;
        const rest = await all(linesOf(path, { lines: last.number, bytes: last.next }));
        expect(rest).toEqual(lines.slice(last.number));
      }),
      { numRuns: 50 },
    );
  });

  it('are cut off when they are longer than any line should be', async () => {
    writeFileSync(path, `${'x'.repeat(1_000_000)}\nshort`);
    const lines = await all(linesOf(path));
    expect(lines.map(({ bytes, isTooLong, next }) => [bytes.length, isTooLong, next])).toEqual([
      [65_536, true, 1_000_001],
      [5, false, 1_000_006],
    ]);
  });
});

describe('a list of recipients', () => {
  const header = 'name,e-mail,phone,opted-out';
  const read = async (...lines: readonly (string | Buffer)[]): Promise<readonly ReadRecipient[]> => {
    const parts = [header, ...lines].flatMap((line) => [Buffer.from(line), Buffer.from('\n')]);
    writeFileSync(path, Buffer.concat(parts));
    return all(readRecipients(path, 'recipients.csv'));
  };
  const good = 'Zofia Żółkiewska,Zofia@example.com,+48 099 123 456,no';

  it('holds people, with addresses and numbers brought to one form', async () => {
    const recipient = { name: 'Zofia Żółkiewska', eMail: 'zofia@example.com', phone: '+48099123456' };
    expect(await read(good)).toEqual([
      { kind: 'recipient', line: 2, recipient: { ...recipient, hasOptedOut: false } },
    ]);
  });

  it.each([
    ['missing fields', 'Zofia Łęcka,z@example.com', 'line', '2 fields'],
    ['too many columns', `${good},VIP`, 'line', '5 fields'],
    ['a quote that never closes', '"Zofia Łęcka,z@example.com,+48099123456,no', 'line', 'a broken quote'],
    ['a quote in the middle', 'Zofia "Z" Łęcka,z@example.com,+48099123456,no', 'line', 'a broken quote'],
    ['an empty line', '', 'line', 'an empty line'],
    ['no e-mail address', 'Zofia Łęcka,zofia,+48099123456,no', 'e-mail', 'a string of 5 characters'],
    ['no number', 'Zofia Łęcka,z@example.com,call me,no', 'phone', 'a string of 7 characters'],
    ['no name', ',z@example.com,+48099123456,no', 'name', 'a string of 0 characters'],
    ['invalid UTF-8', Buffer.from([0x5a, 0xb1, 0x2c]), 'line', 'bytes that are no UTF-8'],
  ])('rejects a line with %s, and its neighbours are none the worse', async (_what, line, field, found) => {
    const lines = await read(good, line, good);
    expect(lines.map(({ kind }) => kind)).toEqual(['recipient', 'rejected', 'recipient']);
    expect(lines[1]).toMatchObject({ rejected: { line: 3, field, found } });
    expect(lines[2]).toMatchObject({ line: 4 });
  });

  it('is refused without its header, or in another encoding', async () => {
    writeFileSync(path, `${good}\n`);
    await expect(all(readRecipients(path, 'recipients.csv'))).rejects.toThrow(
      'recipients.csv, line 1: expected the header name,e-mail,phone,opted-out, found other names in columns 1, 2, 3, 4.',
    );
    writeFileSync(path, Buffer.from(`\uFEFF${header}\n`, 'utf16le'));
    await expect(all(readRecipients(path, 'recipients.csv'))).rejects.toThrow('expected UTF-8, found UTF-16');
    await expect(all(readRecipients(join(folder, 'none'), 'recipients.csv'))).rejects.toThrow('found none');
  });

  it.each([
    ['one wrong name', 'name,email,phone,opted-out', 'another name in column 2'],
    ['two names in the wrong order', 'name,phone,e-mail,opted-out', 'other names in columns 2, 3'],
    ['too few columns', 'name;e-mail;phone;opted-out', '1 column'],
    ['too many columns', `${header},VIP`, '5 columns'],
    ['a broken quote', `"${header}`, 'a broken quote'],
    ['an empty line', `\n${header}`, 'an empty line'],
    ['nothing at all', '', 'nothing'],
  ])('is refused when its header has %s', async (_what, text, found) => {
    writeFileSync(path, text);
    await expect(requireRecipients(path, 'recipients.csv')).rejects.toThrow(
      `recipients.csv, line 1: expected the header name,e-mail,phone,opted-out, found ${found}.`,
    );
  });

  it('is refused when it is a folder', async () => {
    await expect(requireRecipients(folder, 'recipients.csv')).rejects.toThrow(
      'recipients.csv: expected a file that can be read, found a folder.',
    );
  });

  it('may be in quotes, begin with a byte order mark and end its lines as Windows does', async () => {
    writeFileSync(path, `\uFEFF"name","e-mail","phone","opted-out"\r\n${good}\r\n`);
    expect(await all(readRecipients(path, 'recipients.csv'))).toMatchObject([{ kind: 'recipient', line: 2 }]);
  });

  it('may have a space that is none of ASCII after the last quote', async () => {
    const lines = await read('Zofia Łęcka,z@example.com,+48099123456,"no"\u00a0', good);
    expect(lines.map(({ kind }) => kind)).toEqual(['recipient', 'recipient']);
  });

  it('numbers its lines by line feeds alone', async () => {
    const lines = await read('Zofia\rŁęcka,z@example.com,+48099123456,no', good);
    expect(lines).toMatchObject([{ rejected: { line: 2, field: 'name' } }, { kind: 'recipient', line: 3 }]);
  });

  it('says something of every line, once and in order, whatever is on it', async () => {
    const pieces = ['"', '""', ',', '\r', ' ', '\t', '\u00a0', '\u2028', '\uFEFF', '\u0000', 'ł', good];
    const anyLine = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 6 }), async (lines) => {
        const found = await read(...lines);
        const numbers = found.map((one) => (one.kind === 'recipient' ? one.line : one.rejected.line));
        expect(numbers).toEqual(lines.map((_line, index) => index + 2));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a log of sends', () => {
  const read = async (line: string | Buffer): Promise<LoggedSend | UnreadableLine | undefined> => {
    writeFileSync(path, line);
    return (await all(readSendLog(path, fromTheBeginning)))[0];
  };
  const send = {
    id: '6f2017f8-f10e-506d-b5bb-b51653a43c6c',
    at: '2026-03-01T10:00:00.000Z',
    to: 'z@example.com',
    result: 'opened',
  };

  it('holds sends', async () => {
    const request = { operation: 'process', channel: 'sms' };
    expect(await read(JSON.stringify({ ...send, channel: 'sms' }))).toMatchObject({
      ...send,
      line: 1,
      request,
    });
  });

  it.each([
    ['truncated JSON', '{"id":"6f2017', 'line', 'text that is no JSON'],
    ['a list', '[]', 'line', 'a list of 0 items'],
    ['null', 'null', 'line', 'null'],
    ['blanks', '  \r', 'line', 'an empty line'],
    ['no id', JSON.stringify({ ...send, id: 7 }), 'id', 'a number'],
    [
      'an invalid date',
      JSON.stringify({ ...send, at: '2026-02-30T10:00:00.000Z' }),
      'at',
      'a string of 24 characters',
    ],
    ['no address', JSON.stringify({ ...send, to: null }), 'to', 'null'],
    ['an unknown result', JSON.stringify({ ...send, result: 'lost' }), 'result', 'a string of 4 characters'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'line', 'bytes that are no UTF-8'],
  ])('holds lines that say nothing: %s', async (_what, line, field, found) => {
    expect(await read(line)).toMatchObject({ kind: 'unreadable', line: 1, field, found });
  });
});
