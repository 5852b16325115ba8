import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { ProcessingScope } from '@mandate/read-models';
import { scopeOver } from '@mandate/read-models/testing';
import { inPieces } from '../testing/log-over-history';
import { mailing, mailingHistory } from '../testing/mailing-history';
import { checkSendLog, type SendLogCheckOptions } from './check-send-log';
import type { SendLogFinding } from './findings';

const folder = mkdtempSync(`${tmpdir()}/mandate-audit-options-`);
let scope: ProcessingScope;
beforeAll(async () => {
  scope = await scopeOver(mailingHistory);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('an option with which every line would be broken is refused at once', () => {
  const constants = (given: Readonly<Record<string, string>>): SendLogCheckOptions => ({ constants: given });
  it.each<readonly [string, SendLogCheckOptions, RegExp]>([
    ['a purpose that is none', constants({ purpose: 'anna@example.com' }), /constants: .*purpose: expected/],
    ['a country in small letters', constants({ country: 'pl' }), /constants: .*country: expected/],
    ['a list with a word that is none', constants({ categories: 'recipient-contact;anna' }), /categories/],
    ['a time that is the same for all', constants({ at: mailing.during }), /constants: .*found "at"/],
    ['no separator of lists', { listSeparator: '' }, /listSeparator: expected/],
    ['no delimiter', { delimiter: '' }, /delimiter: expected/],
    ['a quote for a delimiter', { delimiter: '"' }, /delimiter: expected/],
    ['a line of no bytes', { lineBytesMax: 0 }, /lineBytesMax: expected/],
    ['a line of no number of bytes', { lineBytesMax: NaN }, /lineBytesMax: expected/],
  ])('%s', async (_what, options, message) => {
    const error = await checkSendLog(inPieces(Buffer.from(''), 1), scope, options).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'send-log-option', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('anna');
  });

  it('and those that will do are not', async () => {
    const options = constants({ operation: 'store', specialCategories: 'health', country: 'PL' });
    const nothing = inPieces(Buffer.from(''), 1);
    expect(await checkSendLog(nothing, scope, { ...options, delimiter: '\t' })).toMatchObject({ records: 0 });
  });
});

it('a directory is no log', async () => {
  await expect(checkSendLog(folder, scope)).rejects.toMatchObject({
    code: 'send-log-unreadable',
    message: expect.stringContaining('found a directory'),
  });
});

it('reasons are given in Polish to whoever asks for it', async () => {
  const log = JSON.stringify({ at: mailing.afterTheEnd, ...mailing.request });
  const findings: SendLogFinding[] = [];
  await checkSendLog(inPieces(Buffer.from(log), 50), scope, {
    language: 'pl',
    onFinding: (finding) => void findings.push(finding),
  });
  expect(findings).toMatchObject([
    {
      reasons: expect.arrayContaining([
        expect.objectContaining({
          code: 'contract-ended',
          sentence: expect.stringMatching(/^Umowa .* się/),
        }),
      ]),
    },
  ]);
});
