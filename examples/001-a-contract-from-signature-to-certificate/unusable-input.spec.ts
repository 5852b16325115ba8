import { afterAll, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsFrom } from './options';
import {
  damageInput,
  problemOf,
  replacing,
  runDemoWith,
  smallRun,
  type Damage,
  type Problem,
} from './testing/damaged-input';

const damages: readonly (readonly [what: string, file: string, damage: Damage, sentence: string])[] = [
  [
    'a missing file',
    'contract.json',
    () => undefined,
    'contract.json: expected a file, found no file of this name.',
  ],
  [
    'a file that is no JSON',
    'contract.json',
    replacing('"at": "2025-03-25', '"at" "2025-03-25'),
    'contract.json, line 45: expected JSON with a colon after the name of a field, found something else.',
  ],
  [
    'an empty file',
    'instructions.json',
    () => '',
    'instructions.json, line 1: expected JSON with a value, found something else.',
  ],
  [
    'a file in UTF-16',
    'contract.json',
    (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'contract.json, line 1: expected UTF-8, found UTF-16 (little-endian).',
  ],
  [
    'a file in ISO 8859-2',
    'contract.json',
    (text) => Buffer.from(text.replace('A chain of shops', 'Sklep \u00f3'), 'latin1'),
    'contract.json, line 6: expected UTF-8, found bytes that are no UTF-8.',
  ],
  [
    'a command that nobody knows',
    'contract.json',
    replacing('"AuthoriseIssuer"', '"AuthorizeIssuer"'),
    'commands[2].command: expected one of ConcludeContract, AmendContract,',
  ],
  [
    'a field of the wrong type',
    'instructions.json',
    replacing('"channels": ["e-mail"]', '"channels": "e-mail"'),
    'commands[0].data.content.grants[0].channels: expected a list with at least one item, found a string of 6 characters.',
  ],
  [
    'a missing field',
    'instructions.json',
    replacing('"legalBasis": "art-6-1-a-consent",', ''),
    'instructions.json, line 11, commands[0].data.content.legalBasis: expected',
  ],
  [
    'a day that does not exist',
    'contract.json',
    replacing('"date": "2025-04-01"', '"date": "2025-04-31"'),
    'commands[0].data.startsAt: expected a day that exists, like 2026-03-29,',
  ],
  [
    'a time zone that does not exist',
    'contract.json',
    replacing('"zone": "Europe/Warsaw"', '"zone": "Europe/Warszawa"'),
    'commands[0].data.startsAt: expected a day that exists, like 2026-03-29,',
  ],
  [
    'a list that is not there',
    'recipients-of-another-controller.csv',
    () => undefined,
    'recipients-of-another-controller.csv: expected a list that data-sets.json entrusts',
  ],
  [
    'a store of an unknown kind',
    'data-sets.json',
    replacing('"kind": "files"', '"kind": "drawer"'),
    'dataSets[0].data.stores[0].kind: expected a kind of store (database, files,',
  ],
];

describe('an input that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-input-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const runWith = async (name: string, file: string, damage: Damage): Promise<Problem> => {
    const input = join(folder, name);
    damageInput(input, file, damage);
    return problemOf(runDemoWith(['--folder', join(input, 'run'), '--input', input, ...smallRun]));
  };

  it.each(damages)(
    '%s: names the place, what was expected, what was found',
    async (what, file, damage, sentence) => {
      const error = await runWith(what.replaceAll(' ', '-'), file, damage);
      expect(error.message).toContain(sentence);
      expect(error.message).toContain(file);
      expect(existsSync(join(folder, what.replaceAll(' ', '-'), 'run'))).toBe(false);
    },
  );

  it('repeats nothing of what it found', async () => {
    const error = await runWith('silent', 'contract.json', replacing('"delete"', '"anna@example.com"'));
    expect(error.message).toContain('a string of 16 characters');
    expect(error.message).not.toContain('anna');
  });

  it.each([
    ['a-file', 'found a file. Choose another folder.'],
    ['a-file/run', 'found a path through a file. Choose another folder.'],
    [`${'a'.repeat(300)}/run`, 'found one that cannot be made (ENAMETOOLONG). Choose another folder.'],
  ])('a folder that is none, %#: says what was expected, what was found, what to do', async (name, found) => {
    writeFileSync(join(folder, 'a-file'), 'a text');
    const { code, message } = await problemOf(runDemoWith(['--folder', join(folder, name)]));
    expect(code).toBe('option-unusable');
    expect(message).toContain('expected a folder that can be written, or a place for a new one');
    expect(message).toContain(found);
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('a text');
  });

  it('leaves a folder with other files alone', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'years of work');
    await expect(runDemoWith(['--folder', other])).rejects.toThrow(
      'expected an empty folder or one of this demo, found one with other files',
    );
    expect(readdirSync(other)).toEqual(['thesis.txt']);
    expect(readFileSync(join(other, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it.each([
    [['--recipients', 'many'], '--recipients: expected a whole number from 200 to 1000000'],
    [['--sends', '10'], '--sends: expected a whole number from 500 to 1000000'],
    [['--stop-before', 'lunch'], '--stop-before: expected sends or deletion'],
    [['--colour'], 'Expected only the options that --help lists'],
  ])('the options %j: %s', (args, sentence) => {
    expect(() => optionsFrom(args)).toThrow(sentence);
  });
});
