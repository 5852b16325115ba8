import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openSqliteKeyStore } from '@mandate/sqlite';
import fc from 'fast-check';
import { answerTo, story, writtenFile } from './testing/written-file';

let file: string;
let discard: () => void;
beforeAll(async () => {
  ({ file, discard } = await writtenFile((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!));
});
afterAll(() => {
  discard();
});

const { contractId, dataSetId } = story;
const besides = (name: string): string => join(dirname(file), name);
const canary = 'anna@example.com';
/** A file of SQLite itself, after `CREATE TABLE customer (address TEXT)`; packed. */
const customers =
  'H4sIAAAAAAACAwsO9MksSVVIyy/KTSxRMGZgYmBkZHBQUGBgYGAEYiYGBADxWdD4hAAjg14yIy+IwbifAYhGAXWBPS' +
  'ObuKwsY3BJYlJOanJpcUl+bmoRjGZyDnJ1DHFVCHF08nFVgIlqJKakFKUWFyuUpFaUaILiBiWWR8GIAgCBEm2pAAQA' +
  'AA==';
const otherStore = '00000000-0000-4000-8000-000000000000';

describe('a call that is mistyped ends with 2 and repeats nothing of it', () => {
  const request = ['--operation', 'store', '--contract', contractId, '--data-set', dataSetId];
  it.each<readonly [string, readonly string[], RegExp]>([
    ['no command', [canary], /^error: unknown command, found a word of 16 characters\. Run/],
    ['nearly a command', ['contrcts'], /Did you mean contracts\? Run "mandate --help"\.\n$/],
    [
      'no option',
      ['contracts', `--${canary}`],
      /^error: unknown option, found a word of 18 characters\. Run/,
    ],
    ['nearly an option', ['contracts', '--jsom'], /Did you mean --json\?/],
    [
      'an option with quotes and lines',
      ['contracts', `--'${canary}'\n(Did you mean ${canary}`],
      /unknown option/,
    ],
    ['a value where none is', ['contracts', `--json=${canary}`], /unknown option/],
    ['one letter', ['contracts', `-${canary}`], /unknown option/],
    ['a word too many', ['contracts', canary], /too many arguments/],
    ['a position without a store', ['replay', '--from', `${canary}:5`], /--from: expected an instant/],
    [
      'a position of another history',
      ['replay', '--from', `${otherStore}:1`],
      /--from: .* found one of another/,
    ],
    [
      'an end before the beginning',
      ['replay', '--from', '2026-02-01T00:00:00.000Z', '--to', '2026-01-31T23:59:59.999Z'],
      /--to: expected .* a later one, found an earlier one/,
    ],
    [
      'an end at a place before the beginning',
      ['replay', '--from', `${otherStore}:2`, '--to', `${otherStore}:1`],
      /--to: expected .* a later one, found an earlier one/,
    ],
    ['an end in another history', ['replay', '--to', `${otherStore}:1`], /--to: .* found one of another/],
    [
      'known at another history',
      ['scope', contractId, '--known-at', `${otherStore}:1`],
      /--known-at: .* another/,
    ],
    [
      'explained by another history',
      ['explain', ...request, '--known-at', `${otherStore}:1`],
      /--known-at: /,
    ],
    ['a position of two numbers', ['replay', '--from', `${otherStore}:1.2`], /--from: expected an instant/],
  ])('%s', async (_what, parameters, sentence) => {
    const { code, output, complaints } = await answerTo(
      parameters.length === 1 ? parameters : [...parameters, '--file', file],
    );
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(sentence);
    expect(complaints).not.toContain('anna');
  });

  it('a position beyond the end', async () => {
    const { output } = await answerTo(['replay', '--file', file, '--json']);
    const [, storeId = ''] = /"position":"([^:"]+):/.exec(output) ?? [];
    for (const place of ['4', '99999999999999999999']) {
      const answer = await answerTo(['replay', '--file', file, '--from', `${storeId}:${place}`]);
      expect(answer).toMatchObject({
        code: 2,
        complaints: expect.stringMatching(/--from: .* beyond its end/),
      });
    }
    expect(await answerTo(['replay', '--file', file, '--from', `${storeId}:3`])).toMatchObject({ code: 0 });
  });
});

describe('a file that is no history ends with 3, and nothing is laid into it', () => {
  const emptyFile = (): string => {
    writeFileSync(besides('empty'), '');
    return besides('empty');
  };
  const foreignFile = (): string => {
    writeFileSync(besides('foreign.sqlite'), gunzipSync(Buffer.from(customers, 'base64')));
    return besides('foreign.sqlite');
  };
  const keyFile = async (): Promise<string> => {
    const keys = await openSqliteKeyStore({ file: besides('keys.sqlite') });
    await keys.close();
    return besides('keys.sqlite');
  };
  it.each<readonly [string, () => string | Promise<string>, RegExp]>([
    ['an empty one', emptyFile, /Expected a file with events/],
    ['one of another program', foreignFile, /a database of another program/],
    ['one with keys', keyFile, /holds keys/],
    ['a directory', () => __dirname, /--file: expected a SQLite file .* found a directory/],
    ['one that is not there', () => besides(canary), /Does it exist/],
    ['one without a name', () => '', /Expected the path of a file/],
    ['a URI', () => `file:${canary}?mode=rwc`, /Expected the path of a file/],
  ])('%s', async (_what, made, sentence) => {
    const name = await made();
    for (const command of [['contracts'], ['replay'], ['check-log', __filename]]) {
      const { code, output, complaints } = await answerTo([...command, '--file', name]);
      expect({ code, output }).toEqual({ code: 3, output: '' });
      expect(complaints).toMatch(sentence);
      expect(complaints).not.toContain('anna');
    }
    expect(existsSync(besides(canary))).toBe(false);
  });

  it('one in a folder that must not be written says what to do, unless one may do everything', async () => {
    mkdirSync(besides('archive'));
    copyFileSync(file, besides('archive/history.sqlite'));
    chmodSync(besides('archive'), 0o555);
    const { code, complaints } = await answerTo(['contracts', '--file', besides('archive/history.sqlite')]);
    chmodSync(besides('archive'), 0o755);
    const isRoot = process.getuid?.() === 0;
    expect(code).toBe(isRoot ? 0 : 3);
    expect(complaints).toMatch(isRoot ? /^$/ : /must not be written\. Copy the file, and its -wal file/);
  });
});

it('what SQLite lays beside a file that was read holds nothing, and the file is as it was', async () => {
  copyFileSync(file, besides('alone.sqlite'));
  const before = readFileSync(besides('alone.sqlite'));
  await answerTo(['contracts', '--file', besides('alone.sqlite')]);
  const laid = readdirSync(dirname(file)).filter((name) => name.startsWith('alone.sqlite'));
  expect(laid.filter((name) => !/^alone\.sqlite(?:-shm|-wal)?$/.test(name))).toEqual([]);
  const logs = laid.filter((name) => name.endsWith('-wal')).map((name) => statSync(besides(name)).size);
  expect(logs.every((bytes) => bytes === 0)).toBe(true);
  expect(readFileSync(besides('alone.sqlite')).equals(before)).toBe(true);
});
