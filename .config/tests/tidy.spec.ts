import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { copyOfTheRepository, type Copy } from './planting';
import { readTree, tidyChecks } from './tidy';

type Sentence = keyof typeof tidyChecks;

describe('the repository is tidy', () => {
  const tree = readTree(join(__dirname, '../..'));

  it.each(Object.entries(tidyChecks))('%s', (_sentence, check) => {
    expect(check(tree)).toEqual([]);
  });
});

describe('a planted disorder is reported', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = copyOfTheRepository();
  });
  afterAll(() => copy.discard());

  const disorders: ReadonlyArray<readonly [what: string, file: string, text: string, kept: Sentence]> = [
    ['a stray file', 'notes.txt', '', 'the top level holds only what a reader looks for'],
    ['a drawer', 'packages/domain/src/utils.ts', '', 'no file or folder is a drawer for leftovers'],
    [
      'a drawer folder',
      'packages/vault/src/shared/key.ts',
      '',
      'no file or folder is a drawer for leftovers',
    ],
    [
      'a package without README',
      'packages/planted/package.json',
      '{}',
      'every package has a README, a manifest with the licence, and an index',
    ],
    [
      'a package unknown to the tools',
      'packages/unknown/package.json',
      '{}',
      'the build and the import rules know every package',
    ],
    [
      'a sub-path unknown to the tools',
      'packages/sub-path/package.json',
      '{ "exports": { "./testing": "./dist/testing/index.js" } }',
      'the tools know every published sub-path',
    ],
    [
      'a long file',
      'packages/domain/src/long.ts',
      'export {};\n'.repeat(201),
      'no source file has more than 200 lines of code',
    ],
    [
      'a path of a machine',
      'docs/path.md',
      `see ${['', 'home', 'me', 'mandate'].join('/')}`,
      'no file names a path of a machine or a registry',
    ],
    [
      'a registry',
      '.npmrc',
      `registry=https://${['registry', 'example', 'org'].join('.')}/`,
      'no file names a path of a machine or a registry',
    ],
    [
      'a reminder',
      'packages/domain/src/reminder.ts',
      ['// TO', 'DO later'].join(''),
      'what is left for later names an issue',
    ],
    [
      'a skipped test',
      'packages/domain/src/skipped.spec.ts',
      ['it.', "skip('decides', () => {});"].join(''),
      'no test is passed over',
    ],
  ];

  const nameOf = (file: string): string => file.replace(/^packages\/(.*)\/package\.json$/, '$1');

  it.each(disorders)('%s: %s', (_what, file, text, kept) => {
    copy.plant(file, text);
    const complaints = tidyChecks[kept](readTree(copy.root));
    expect(complaints.filter((complaint) => complaint.includes(nameOf(file)))).not.toEqual([]);
  });

  it('a concept that lacks one of its files', () => {
    copy.uproot('packages/domain/src/contract/decide.ts');
    expect(tidyChecks['the concepts of the domain have the same files'](readTree(copy.root))).toContain(
      'packages/domain/src/contract/decide.ts is missing',
    );
  });
});
