import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyOfTheRepository, type Copy } from './planting';

interface CruiseResult {
  readonly summary: {
    readonly violations: ReadonlyArray<{ readonly from: string; readonly rule: { readonly name: string } }>;
  };
}

const cruise = (copy: Copy): CruiseResult['summary']['violations'] => {
  const { output } = copy.runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
    ...['packages/*/src', 'examples'],
    ...['--config', '.config/dependency-cruiser.cjs', '--output-type', 'json'],
  ]);
  if (!output.startsWith('{')) throw new Error(`dependency-cruiser gave no result: ${output}`);
  return (JSON.parse(output) as CruiseResult).summary.violations;
};

const plantedImports: ReadonlyArray<readonly [rule: string, file: string, text: string]> = [
  ['domain-knows-only-the-business', 'domain/src/planted-node.ts', `import 'node:fs';`],
  [
    'domain-knows-only-the-business',
    'domain/src/planted-test-tool.ts',
    `import { assert } from 'fast-check';\nexport const planted = assert;`,
  ],
  ['domain-is-tested-with-few-tools', 'domain/src/planted-file.spec.ts', `import 'node:fs';`],
  [
    'domain-imports-only-event-sourcing',
    'domain/src/planted-type.ts',
    `import type * as vault from '@mandate/vault';\nexport type Planted = typeof vault;`,
  ],
  ['mechanism-knows-no-business', 'event-sourcing/src/planted.ts', `import '@mandate/domain';`],
  ['vault-imports-none-of-ours', 'vault/src/planted.ts', `import '@mandate/event-sourcing';`],
  ['sqlite-imports-only-event-sourcing-and-vault', 'sqlite/src/planted.ts', `import '@mandate/domain';`],
  ['read-side-never-decides', 'read-models/src/planted.ts', `import '../../domain/src/contract/decide';`],
  ['enter-by-the-front-door', 'deletion/src/planted.ts', `import '../../domain/src/contract/events';`],
  ['enter-another-package-by-its-name', 'deletion/src/planted-path.ts', `import '../../domain/src/index';`],
  ['enter-a-concept-by-its-front-door', 'domain/src/contract/planted.ts', `import '../vocabulary/ids';`],
  ['enter-a-concept-by-its-front-door', 'domain/src/testing/planted.ts', `import '../contract/events';`],
  [
    'enter-a-concept-by-its-front-door-from-the-top',
    'domain/src/planted-top.ts',
    `import './contract/events';`,
  ],
  ['only-processor-wires-adapters', 'read-models/src/planted-adapter.ts', `import '@mandate/sqlite';`],
  ['only-sqlite-knows-the-sqlite-driver', 'vault/src/planted-driver.ts', `import '@photostructure/sqlite';`],
  ['eventstoredb-imports-only-event-sourcing', 'eventstoredb/src/planted.ts', `import '@mandate/domain';`],
  [
    'only-eventstoredb-knows-its-client',
    'eventstoredb/src/planted-client.ts',
    `import '@eventstore/db-client';`,
  ],
  ['only-postgres-knows-its-client', 'vault/src/planted-postgres.ts', `import 'pg';`],
  [
    'postgres-imports-only-event-sourcing-and-domain-and-deletion-and-vault',
    'postgres/src/planted.ts',
    `import '@mandate/sqlite';`,
  ],
  ['no-circular', 'deletion/src/planted-circle.ts', `import './planted-circle-back';`],
  ['no-import-from-a-build', 'deletion/src/planted-build.ts', `import '../dist/index';`],
  ['no-undeclared', 'event-sourcing/src/planted-undeclared.ts', `import 'luxon';`],
  ['no-unresolvable', 'event-sourcing/src/planted-nowhere.ts', `import './nowhere';`],
  [
    'shipped-sources-import-only-what-is-shipped',
    'vault/src/planted-tool.ts',
    `import { expectTypeOf } from 'expect-type';\nexport const planted = expectTypeOf;`,
  ],
  [
    'shipped-sources-import-nothing-that-stays',
    'audit/src/planted-test.ts',
    `import './testing/mailing-history';`,
  ],
  // A testing folder that is published.
  [
    'shipped-sources-import-only-what-is-shipped',
    'vault/src/testing/planted-tool.ts',
    `import { expectTypeOf } from 'expect-type';\nexport const planted = expectTypeOf;`,
  ],
];

describe('who may import whom', () => {
  let copy: Copy;
  let before: ReturnType<typeof cruise>;
  let after: ReturnType<typeof cruise>;
  beforeAll(() => {
    copy = copyOfTheRepository();
    before = cruise(copy);
    // a circle is reported once, at the file where it is entered
    copy.plant('packages/deletion/src/planted-circle-back.ts', `import './planted-circle';`);
    copy.plant('packages/deletion/dist/index.js', '');
    plantedImports.forEach(([, file, text]) => copy.plant(`packages/${file}`, text));
    after = cruise(copy);
  });
  afterAll(() => copy.discard());

  it('is kept by the repository as it is', () => {
    expect(before).toEqual([]);
  });

  it.each(plantedImports)('is guarded by %s: %s is reported', (rule, file) => {
    const broken = after
      .filter(({ from }) => from.replace('-back.ts', '.ts') === `packages/${file}`)
      .map(({ rule: { name } }) => name);
    expect(broken).toContain(rule);
  });
});

const errorsIn = (file: RegExp, output: string): ReadonlyArray<string> =>
  output.split('\n').filter((line) => file.test(line) && line.includes(': error TS'));

describe('an event that is in the union only', () => {
  const concept = 'packages/domain/src/contract';
  const codec = /^packages\/domain\/src\/contract\/[\w-]*codec[\w-]*\.ts\(/;
  const fold = /^packages\/domain\/src\/contract\/state\.ts\(/;
  let copy: Copy;
  let before: string;
  let after: string;
  const compile = (): string =>
    copy.runTool('typescript/bin/tsc', ['-p', '.planted.json', '--pretty', 'false']).output;
  beforeAll(() => {
    copy = copyOfTheRepository();
    copy.plant(
      '.planted.json',
      JSON.stringify({
        extends: './.tsconfig.check.json',
        include: [`${concept}/*.ts`],
        exclude: ['**/*.spec.ts'],
      }),
    );
    before = compile();
    copy.edit(`${concept}/events.ts`, (text) =>
      text.replace(
        /export type ContractEvent =\s*\|?/,
        [
          `export interface ContractForgotten { readonly type: 'ContractForgotten'; readonly data: { readonly why: 0 } }`,
          'export type ContractEvent = ContractForgotten |',
        ].join('\n'),
      ),
    );
    after = compile();
  });
  afterAll(() => copy.discard());

  it('does not compile in the codec', () => {
    expect(errorsIn(codec, before)).toEqual([]);
    expect(errorsIn(codec, after)).not.toEqual([]);
  });

  it('does not compile in the fold', () => {
    expect(errorsIn(fold, before)).toEqual([]);
    expect(errorsIn(fold, after)).not.toEqual([]);
  });
});
