import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from './run-record';
import { problemOf, runDemoWith, smallRun } from './testing/damaged-input';

const changed = 'found a changed one: put it back as it was, or begin in another folder (--folder).';

describe('an input that is changed while a run is unfinished', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-changed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (...names: readonly string[]): string => join(folder, ...names);
  const goOn = (name: string): Promise<unknown> =>
    runDemoWith([...['--folder', at(name, 'run'), '--input', at(name, 'input')], ...smallRun]);
  const edit = (path: string, change: (text: string) => string): void => {
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
  };

  beforeAll(async () => {
    cpSync(join(__dirname, 'input'), at('begun', 'input'), { recursive: true });
    await goOn('begun');
  });

  it.each(['contract.json', 'instructions.json', 'data-sets.json'])(
    'is noticed in %s; put back as it was, the run goes on',
    async (file) => {
      cpSync(at('begun'), at(file), { recursive: true });
      const record = readFileSync(at(file, 'run', 'progress.json'), 'utf8');
      const path = at(file, 'input', file);
      edit(path, (text) => text.replace('"about": "', '"about": "Once more: '));
      expect(await problemOf(goOn(file))).toMatchObject({
        code: 'input-unusable',
        message: `${file}: expected the same file as when the unfinished run in the folder began, ${changed}`,
      });
      expect(readFileSync(at(file, 'run', 'progress.json'), 'utf8')).toBe(record);
      edit(path, (text) => text.replace('Once more: ', ''));
      expect(await goOn(file)).toBe('stopped-as-asked');
    },
  );

  it('is noticed in a list that was on record, and not stored yet, when the run was killed', async () => {
    cpSync(at('begun'), at('list'), { recursive: true });
    const list = 'recipients-of-another-controller.csv';
    edit(at('list', 'run', 'progress.json'), (text) => {
      const record = JSON.parse(text) as RunRecord;
      return JSON.stringify({ ...record, lists: record.lists.slice(0, 1) });
    });
    const original = readFileSync(at('list', 'input', list), 'utf8');
    edit(at('list', 'input', list), (text) => text.trimEnd().split('\n').slice(0, -1).join('\n'));
    expect(await problemOf(goOn('list'))).toMatchObject({
      code: 'input-unusable',
      message: `${list}: expected the same file as when it was entrusted, ${changed}`,
    });
    writeFileSync(at('list', 'input', list), original);
    expect(await goOn('list')).toBe('stopped-as-asked');
  });

  it('is read anew in a run that begins', async () => {
    cpSync(at('begun', 'input'), at('anew', 'input'), { recursive: true });
    edit(at('anew', 'input', 'contract.json'), (text) => text.replace('"about": "', '"about": "Anew: '));
    expect(await goOn('anew')).toBe('stopped-as-asked');
  });
});
