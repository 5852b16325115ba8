import { foldersIn, read, type TidyCheck, type Tree } from './tree';

const topLevel = new Set([
  ...['packages', 'examples', 'docs'],
  ...['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'tsconfig.base.json', 'jest.config.ts'],
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'LICENSE'],
]);

/** The top level is what a reader sees first; tools keep their files under dot names. */
export const topLevelIsForReaders: TidyCheck = ({ files }) =>
  [...new Set(files.map((file) => String(file.split('/')[0])))]
    .filter((name) => !name.startsWith('.') && !topLevel.has(name))
    .map((name) => `${name} does not belong on the top level`);

const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'lib', 'shared']);

/** A drawer for leftovers grows until nobody knows what is in it; a function lives beside what it serves. */
export const noDrawers: TidyCheck = ({ files }) =>
  files
    .filter((file) => /^(?:packages|examples)\//.test(file))
    .filter((file) =>
      file.split('/').some((segment) => drawers.has(segment.replace(/\..*$/, '').toLowerCase())),
    )
    .map((file) => `${file} is a drawer for leftovers: name what is in it`);

const concepts = ['contract', 'processing-instruction', 'recipient-data-set'];
const conceptFiles = ['index', 'commands', 'events', 'state', 'decide', 'rejections'];

/** Every concept of the domain has the same files, so that whoever knows one knows them all. */
export const conceptsAreAlike: TidyCheck = ({ files }) =>
  concepts.flatMap((concept) => {
    const folder = `packages/domain/src/${concept}`;
    const missing = conceptFiles
      .map((name) => `${folder}/${name}.ts`)
      .filter((file) => !files.includes(file));
    const hasSpec = files.some((file) => file.startsWith(`${folder}/`) && file.endsWith('.spec.ts'));
    return [...missing.map((file) => `${file} is missing`), ...(hasSpec ? [] : [`${folder} has no spec`])];
  });

interface Manifest {
  readonly name?: string;
  readonly license?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
}

const manifestOf = (tree: Tree, name: string): Manifest =>
  tree.files.includes(`packages/${name}/package.json`)
    ? (JSON.parse(read(tree, `packages/${name}/package.json`)) as Manifest)
    : {};

/** Every package says what it is and under which licence it may be used. */
export const packagesIntroduceThemselves: TidyCheck = (tree) =>
  foldersIn(tree, 'packages').flatMap((name) => {
    const folder = `packages/${name}`;
    const missing = ['README.md', 'package.json', 'tsconfig.json', 'src/index.ts']
      .map((file) => `${folder}/${file}`)
      .filter((file) => !tree.files.includes(file))
      .map((file) => `${file} is missing`);
    const manifest = manifestOf(tree, name);
    return [
      ...missing,
      ...(manifest.license === 'MIT' ? [] : [`${folder}/package.json does not say "license": "MIT"`]),
      ...(manifest.name === `@mandate/${name}`
        ? []
        : [`${folder}/package.json is not named @mandate/${name}`]),
    ];
  });

interface Solution {
  readonly references: ReadonlyArray<{ readonly path: string }>;
}

/** The build and the import rules know every package; one that they forget would escape both. */
export const toolsKnowEveryPackage: TidyCheck = (tree) => {
  const packages = foldersIn(tree, 'packages');
  const examples = foldersIn(tree, 'examples');
  const solution = JSON.parse(read(tree, '.config/tsconfig.build.json')) as Solution;
  const built = new Set(solution.references.map(({ path }) => path));
  const ruled = new Set(Object.keys(JSON.parse(read(tree, '.config/may-import.json')) as object));
  const toBuild = [
    ...packages.map((name) => `packages/${name}`),
    ...examples.map((name) => `examples/${name}`),
  ];
  return [
    ...toBuild
      .filter((folder) => !built.has(`../${folder}`))
      .map((folder) => `.config/tsconfig.build.json does not build ${folder}`),
    ...packages
      .filter((name) => !ruled.has(name))
      .map((name) => `.config/may-import.json does not say what ${name} may import`),
  ];
};

/** A published sub-path that type checker and import rules do not know would be taken from the last build. */
export const toolsKnowEverySubPath: TidyCheck = (tree) => {
  const paths = read(tree, '.tsconfig.check.json');
  return foldersIn(tree, 'packages').flatMap((name) =>
    Object.keys(manifestOf(tree, name).exports ?? {})
      .filter((subPath) => subPath !== '.' && subPath !== './package.json')
      .map((subPath) => `@mandate/${name}${subPath.slice(1)}`)
      .filter((specifier) => !paths.includes(`"${specifier}"`) && !paths.includes(`"@mandate/${name}/*"`))
      .map((specifier) => `.tsconfig.check.json does not say where ${specifier} is`),
  );
};
