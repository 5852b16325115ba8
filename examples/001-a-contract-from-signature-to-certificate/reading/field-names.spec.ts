import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { damageInput, problemOf, replacing, runDemoWith, smallRun } from '../testing/damaged-input';

const noDay = '{ "date": "2025-02-31", "zone": "x" }';
const personal = [
  'jan@example.com',
  '+48073000019',
  '48073000019',
  'Jan Kowalski',
  'x\u001b[31m',
  '__proto__',
];

describe('a field that nobody asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-names-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let runs = 0;

  const messageWith = async (file: string, what: string, by: string): Promise<string> => {
    runs += 1;
    const input = join(folder, `${runs}`);
    damageInput(input, file, replacing(what, by));
    const { code, message } = await problemOf(
      runDemoWith(['--folder', join(input, 'run'), '--input', input, ...smallRun]),
    );
    expect(code).toBe('input-unusable');
    expect(existsSync(join(input, 'run'))).toBe(false);
    return message;
  };

  it.each(personal)('is not named when its name could be personal data, %#', async (name) => {
    const places: readonly (readonly [file: string, before: string, value: string, place: string])[] = [
      [
        'contract.json',
        '"purposes"',
        noDay,
        'contract.json, line 17, commands[0].data.terms.?: expected a day',
      ],
      [
        'contract.json',
        '"terms"',
        '1',
        'contract.json, line 16, commands[0].data.?: expected no field named',
      ],
      [
        'contract.json',
        '"data"',
        '1',
        'contract.json, line 8, commands[0].?: expected only the fields at, actor,',
      ],
      ['contract.json', '"commands"', '1', 'contract.json, line 2, ?: expected only the field commands,'],
      [
        'data-sets.json',
        '"about"',
        '1',
        'data-sets.json, line 6, dataSets[0].?: expected only the fields at,',
      ],
      ['data-sets.json', '"dataSets"', '1', 'data-sets.json, line 2, ?: expected only the field dataSets,'],
    ];
    for (const [file, before, value, place] of places) {
      const message = await messageWith(file, before, `${JSON.stringify(name)}: ${value},\n${before}`);
      expect(message).toContain(place);
      expect(message).not.toContain(name);
    }
  });

  it('is named, with its line, when its name is a plain word', async () => {
    expect(await messageWith('data-sets.json', '"recipients"', '"colour": "red",\n"recipients"')).toBe(
      'data-sets.json, line 7, dataSets[0].colour: expected only the fields at, actor, about, recipients, data, found another one.',
    );
  });

  it.each([
    ['"endOfService"', '"endOfService": "delete", ', 'contract.json, line 40, commands[0].data.endOfService'],
    ['"region"', '"region": "PL",\n', 'data-sets.json, line 14, dataSets[0].data.region'],
  ])('or that is there twice is refused: %s', async (before, added, place) => {
    const [file = ''] = place.split(',');
    expect(await messageWith(file, before, `${added}${before}`)).toBe(
      `${place}: expected every field once, found this one again.`,
    );
  });
});
