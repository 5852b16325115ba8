/** @jest-config-loader esbuild-register */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const root = __dirname;

const everyProject: Project = {
  testEnvironment: 'node',
  // Packages see each other's sources, so nothing is built before a test.
  moduleNameMapper: {
    '^@mandate/([^/]+)$': join(root, 'packages/$1/src/index.ts'),
    '^@mandate/([^/]+)/(.+)$': join(root, 'packages/$1/src/$2/index.ts'),
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.int\\.spec\\.ts$'],
};

const foldersWith = (parent: string, needed: string): ReadonlyArray<string> =>
  existsSync(join(root, parent))
    ? readdirSync(join(root, parent)).filter((name) => existsSync(join(root, parent, name, needed)))
    : [];

/** A server that the specs of a package share: started before the first of them, ended after the last. */
const serverOf = (name: string): Project => {
  const testing = join(root, 'packages', name, 'src/testing');
  if (!existsSync(join(testing, 'start-test-server.ts'))) return {};
  return {
    globalSetup: join(testing, 'start-test-server.ts'),
    globalTeardown: join(testing, 'end-test-server.ts'),
  };
};

const packages = foldersWith('packages', 'src').map((name): Project => ({
  ...everyProject,
  ...serverOf(name),
  displayName: name,
  rootDir: join(root, 'packages', name),
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
}));

const examples = foldersWith('examples', 'package.json').map((name): Project => ({
  ...everyProject,
  displayName: name,
  rootDir: join(root, 'examples', name),
  testMatch: ['<rootDir>/**/*.spec.ts'],
}));

const docs: Project = {
  ...everyProject,
  displayName: 'docs',
  rootDir: join(root, 'docs/snippets'),
  testMatch: ['<rootDir>/**/*.spec.ts'],
};

const workspace: Project = {
  ...everyProject,
  displayName: 'workspace',
  rootDir: root,
  roots: ['<rootDir>/.config/tests'],
  testMatch: ['<rootDir>/.config/tests/**/*.spec.ts'],
};

const config: Config = {
  projects: [...packages, ...examples, docs, workspace],
  testTimeout: 60_000,
  // jest leaves one AsyncLocalStorage behind for every file, and each makes every later promise of its process slower:
  // after 180 files by forty times. So files run in processes that are replaced now and then, never in this one.
  maxWorkers: Math.max(2, availableParallelism()),
  workerIdleMemoryLimit: '400MB',
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/coverage',
  collectCoverageFrom: ['packages/*/src/**/*.ts', '!**/*.spec.ts'],
};

export default config;
