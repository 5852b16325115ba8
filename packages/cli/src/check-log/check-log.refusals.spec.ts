import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkedLogs, type CheckedLogs } from '../testing/checked-logs';
import { sendAt, sendTimes } from '../testing/send-log';

let logs: CheckedLogs;
beforeAll(async () => {
  logs = await checkedLogs((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!);
});
afterAll(() => {
  logs.discard();
});

const written: CheckedLogs['written'] = (...given) => logs.written(...given);
const check: CheckedLogs['check'] = (...given) => logs.check(...given);

describe('what check-log cannot use ends with 2, says what was expected, and repeats nothing', () => {
  const canary = 'anna@example.com';
  it.each<readonly [string, readonly string[], RegExp]>([
    ['a format', ['--format', canary], /--format: expected csv or jsonl/],
    ['a column without a field', ['--column', canary], /--column: expected FIELD=VALUE/],
    ['a column of no field', ['--column', `${canary}=at`], /--column: expected one of the fields at, /],
    ['a column of an object', ['--column', `__proto__=${canary}`], /--column: expected one of the fields/],
    ['a field twice', ['--column', 'at=a', '--column', 'at=b'], /--column: expected each field once/],
    ['an empty step', ['--column', `at=${canary}..x`], /--column at: expected a name, names between dots/],
    ['a path to many places', ['--column', `at=$.${canary}[*]`], /--column at: expected a name/],
    ['an empty constant', ['--constant', 'country='], /--constant: expected FIELD=VALUE/],
    ['a constant that is none', ['--constant', `purpose=${canary}`], /constants: .*purpose: expected/],
    [
      'a field with both',
      ['--constant', 'country=PL', '--column', 'country=c'],
      /--constant: expected fields that have no/,
    ],
    ['a constant time', ['--constant', `at=${canary}`], /constants: .*found "at"/],
    ['a mapping that is not there', ['--columns', canary], /--columns: expected a file that can be read/],
    ['a mapping that is a folder', ['--columns', __dirname], /--columns: expected a file that can be read/],
    ['a delimiter', ['--format', 'csv', '--delimiter', canary], /delimiter: expected one character/],
    ['a length of lines', ['--line-bytes-max', '1e9'], /--line-bytes-max: expected a number/],
    ['a language', ['--language', canary], /--language: expected en or pl/],
    ['both forms of a summary', ['--json', '--csv'], /cannot be used with/],
    ['an option', [`--${canary}`], /error: unknown option, found a word of 18 characters/],
  ])('%s', async (_what, options, sentence) => {
    const { code, output, complaints } = await check(written(sendAt(sendTimes.permitted)), options);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(sentence);
    expect(complaints).not.toContain('anna');
  });

  it.each<readonly [string, string, RegExp]>([
    ['no JSON', '{"at": anna@example.com', /found 23 characters that are no JSON/],
    ['no object', '["anna@example.com"]', /--columns: expected a file with a JSON object/],
    [
      'a column that is no name',
      '{"at": {"anna@example.com": 1}}',
      /--columns: at: expected the name of a column/,
    ],
    ['a way of no steps', '{"at": []}', /--columns: at: expected the name of a column/],
    ['what is no field', '{"anna@example.com": "at"}', /--columns: expected one of the fields/],
  ])('a mapping with %s', async (_what, mapping, sentence) => {
    const answer = await check(written(sendAt(sendTimes.permitted)), [
      '--columns',
      written(mapping, '.json'),
    ]);
    expect(answer).toMatchObject({ code: 2, output: '', complaints: expect.stringMatching(sentence) });
    expect(answer.complaints).not.toContain('anna');
  });

  it.each([
    ['a folder', (): string => __dirname, /found a directory/],
    [
      'a log that is not there',
      (): string => join(__dirname, 'anna'),
      /found none that can be opened .*ENOENT/,
    ],
  ])('%s', async (_what, log, sentence) => {
    const answer = await check(log());
    expect(answer).toMatchObject({ code: 2, output: '', complaints: expect.stringMatching(sentence) });
    expect(answer.complaints).not.toContain('anna');
  });
});
