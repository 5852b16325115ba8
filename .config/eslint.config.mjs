import js from '@eslint/js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';

const root = join(import.meta.dirname, '..');

// Time, ids and chance reach the domain as data: it must give the same answer on every replay.
const pureSources = {
  files: ['packages/domain/src/**/*.ts'],
  ignores: ['**/*.spec.ts', 'packages/domain/src/testing/**'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['Buffer', 'console', 'crypto', 'fetch', 'performance', 'process', 'queueMicrotask'],
      ...['setImmediate', 'setInterval', 'setTimeout', 'structuredClone'],
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time arrives as data.' },
      { object: 'Math', property: 'random', message: 'Chance arrives as data.' },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'Time arrives as data.',
      },
    ],
  },
};

const namesMatching = (pattern, files) =>
  files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1]));

const inEachConcept = (file) => {
  const sources = join(root, 'packages/domain/src');
  if (!existsSync(sources)) return [];
  return readdirSync(sources)
    .map((concept) => join(sources, concept, file))
    .filter((path) => existsSync(path));
};

// dependency-cruiser sees files; through the front door of the domain only names tell a decision from a fact.
const namesOfDeciding = [
  ...namesMatching(/readonly type: '(\w+)'/g, inEachConcept('commands.ts')),
  ...namesMatching(/^export (?:type|interface) (\w+Command)\b/gm, inEachConcept('commands.ts')),
  ...namesMatching(/^export (?:type|interface|const) (\w+Rejection)\b/gm, inEachConcept('rejections.ts')),
  ...namesMatching(/^export const (\w+): Decider</gm, inEachConcept('index.ts')),
];

const readSideNeverDecides = {
  files: ['packages/read-models/src/**/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [
          {
            name: '@mandate/domain',
            importNames: namesOfDeciding,
            message: 'A read model answers from events: commands, decisions and rejections are not for it.',
          },
        ],
      },
    ],
  },
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', 'docs/api/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: '.tsconfig.check.json', tsconfigRootDir: root },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An exhaustive switch over a closed list is one decision, however long the list is.
      complexity: ['error', { max: 8, variant: 'modified' }],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  pureSources,
  readSideNeverDecides,
  {
    files: ['.config/**/*.mjs', '.config/**/*.cjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
        URL: 'readonly',
      },
    },
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
);
