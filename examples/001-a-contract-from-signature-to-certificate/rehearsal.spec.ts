import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  damageInput,
  problemOf,
  replacing,
  runDemoWith,
  smallRun,
  type Damage,
} from './testing/damaged-input';

interface InputJson {
  readonly commands: unknown[];
  readonly dataSets: { readonly data: { readonly stores: unknown[] } }[];
}

/** The file is written anew: what changes is easier said of its values than of its text. */
const editing =
  (edit: (json: InputJson) => void): Damage =>
  (text) => {
    const json = JSON.parse(text) as InputJson;
    edit(json);
    return JSON.stringify(json, undefined, 2);
  };

const other = 'recipients-of-another-controller.csv';
const refusedBecause = (code: string): string =>
  `expected a data set that can be entrusted at 2025-04-08T08:00:00.000Z, found one that is refused, ${code} (GDPR Art. `;

const cases: readonly (readonly [what: string, file: string, damage: Damage, sentence: string])[] = [
  [
    'an address as an actor',
    'data-sets.json',
    replacing('4ecbaa74-8149-5571-b63c-817d87b24af9', 'jan@example.com'),
    'data-sets.json, line 5, dataSets[0].actor: expected an opaque id (up to 64 letters, digits and . _ : -, ' +
      'with a letter among them), found a string of 15 characters.',
  ],
  [
    'a telephone number as an actor',
    'contract.json',
    replacing('4ecbaa74-8149-5571-b63c-817d87b24af9', '48073000019'),
    'contract.json, line 5, commands[0].actor: expected an opaque id (up to 64 letters,',
  ],
  [
    'the same data set twice',
    'data-sets.json',
    replacing('76bf8198-0148-5b51-b7fc-c58743a042cb', 'a06dffcf-7627-5bc0-8fb0-b0482197188c'),
    'data-sets.json, line 54, dataSets[1].data.dataSetId: expected a data set that can be entrusted at ' +
      '2025-04-09T08:00:00.000Z, found one that is refused, data-set-already-entrusted (GDPR Art. 28(3)): ' +
      'A data set with this id was entrusted already. Add recipients to it, or use a new id.',
  ],
  [
    'a store twice',
    'data-sets.json',
    replacing('"name": "suppression-list"', '"name": "upload"'),
    `data-sets.json, line 40, dataSets[0].data.stores[4].name: ${refusedBecause('store-repeated')}`,
  ],
  [
    'a region that the contract does not allow',
    'data-sets.json',
    replacing('"region": "PL"', '"region": "US"'),
    `data-sets.json, line 13, dataSets[0].data.region: ${refusedBecause('country-outside-the-contract')}`,
  ],
  [
    'a store where the contract does not allow one',
    'data-sets.json',
    replacing('"region": "DE"', '"region": "US"'),
    `data-sets.json, line 37, dataSets[0].data.stores[3].region: ${refusedBecause('country-outside-the-contract')}`,
  ],
  [
    'a list after the end of its contract',
    'data-sets.json',
    replacing('2025-04-08T08', '2026-05-08T08'),
    'data-sets.json, line 4, dataSets[0].at: expected a data set that can be entrusted at ' +
      '2026-05-08T08:00:00.000Z, found one that is refused, contract-ended',
  ],
  [
    'a category that the contract does not cover',
    'contract.json',
    replacing('"recipient-contact", "message-content", ', '"message-content", '),
    `data-sets.json, line 12, dataSets[0].data.categories: ${refusedBecause('category-outside-the-contract')}`,
  ],
  [
    'no commands',
    'contract.json',
    () => '{"commands": []}',
    `data-sets.json, line 9, dataSets[0].data.contractId: ${refusedBecause('contract-not-concluded')}`,
  ],
  [
    'no contract for a list',
    'contract.json',
    editing(({ commands }) => commands.shift()),
    `data-sets.json, line 9, dataSets[0].data.contractId: ${refusedBecause('contract-not-concluded')}`,
  ],
  [
    'a store that nobody can erase',
    'data-sets.json',
    replacing('"name": "upload"', '"name": "drawer"'),
    'data-sets.json, line 16, dataSets[0].data.stores[0].name: expected a store of the platform ' +
      '(upload, recipient-database, message-archive, delivery-events, suppression-list), found a string of 6 characters.',
  ],
  [
    'an instant beside a date',
    'contract.json',
    replacing('"date": "2025-04-01",', '"date": "2025-04-01",\n          "at": "2025-01-01T00:00:00.000Z",'),
    'contract.json, line 14, commands[0].data.startsAt.at: expected no instant beside a day and its zone, ' +
      'from which it is resolved, found one.',
  ],
  [
    'a zone that is needed at the end only',
    'contract.json',
    replacing('"zone": "Europe/Warsaw",', '"zone": "Europe/Warszawa",'),
    'contract.json, line 33, commands[0].data.terms.deletion.zone: expected an IANA time zone, like Europe/Warsaw',
  ],
  [
    'a data set that the log is not about',
    'data-sets.json',
    replacing('a06dffcf-7627-5bc0-8fb0-b0482197188c', '61ca26f5-3e84-5207-91ff-92ab7acd8db0'),
    'data-sets.json, line 10, dataSets[0].data.dataSetId: expected a06dffcf-7627-5bc0-8fb0-b0482197188c, ' +
      'which the made-up log of sends is about, found another id.',
  ],
  [
    'no data set',
    'data-sets.json',
    () => '{"dataSets": []}',
    'data-sets.json, line 1, dataSets: expected a list of at least one data set, found a list of 0 items.',
  ],
  [
    'the made-up list in the second place',
    'data-sets.json',
    replacing(other, 'recipients.csv'),
    'data-sets.json, line 51, dataSets[1].recipients: expected the name of a list in the input folder',
  ],
  [
    'a number of recipients that nobody counted',
    'data-sets.json',
    replacing('"region": "PL"', '"recipients": 7, "region": "PL"'),
    'data-sets.json, line 13, dataSets[0].data.recipients: expected nothing here,',
  ],
];

describe('an input that only the library can judge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-rehearsal-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const inputOf = (name: string): string => join(folder, name.replaceAll(' ', '-'));
  const run = (input: string): Promise<unknown> =>
    runDemoWith(['--folder', join(input, 'run'), '--input', input, ...smallRun]);

  it.each(cases)(
    '%s: is refused in sentences before anything is recorded',
    async (what, file, damage, sentence) => {
      const input = inputOf(what);
      damageInput(input, file, damage);
      const { code, message } = await problemOf(run(input));
      expect(message).toContain(sentence);
      expect(code).toBe('input-unusable');
      expect(message).toMatch(/^(?:\S+\.(?:json|csv)(?:, line \d+)?, \S+: expected .+, found .+[^.]\.\n?)+$/);
      expect(message).not.toMatch(/jan@|48073000019/);
      expect(existsSync(join(input, 'run'))).toBe(false);
    },
  );

  it.each([
    ['a folder', 'a file that can be read, found a folder.'],
    ['another header', 'the header name,e-mail,phone,opted-out, found another name in column 2.'],
  ])('a list that is none (%s) is refused before anything is recorded', async (what, sentence) => {
    const input = inputOf(what);
    damageInput(input, other, (text) => (what === 'a folder' ? undefined : text.replace('e-mail', 'email')));
    if (what === 'a folder') mkdirSync(join(input, other));
    const { code, message } = await problemOf(run(input));
    expect(message).toContain(`${other}${what === 'a folder' ? '' : ', line 1'}: expected ${sentence}`);
    expect(code).toBe('input-unusable');
    expect(existsSync(join(input, 'run'))).toBe(false);
  });
});
