import { build, type Plugin } from 'esbuild';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const example = join(__dirname, '..');
const packages = join(example, '../../packages');

/** As in jest.config.ts: packages see each other's sources, so nothing is built before a test. */
const sources: Plugin = {
  name: 'sources',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^@mandate\// }, ({ path }) => {
      const [, name = '', ...subPath] = path.split('/');
      return { path: join(packages, name, 'src', ...subPath, 'index.ts') };
    });
    // The driver finds its binaries from where it is installed.
    bundle.onResolve({ filter: /^@photostructure\/sqlite$/ }, ({ path, importer }) => ({
      path: createRequire(importer).resolve(path),
      external: true,
    }));
  },
};

/** Puts the demo into one file, so that a process which runs it starts at once. */
export const bundleDemo = async (outfile: string): Promise<void> => {
  await build({
    entryPoints: [join(example, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [sources],
    logLevel: 'error',
  });
};

export interface DemoProcess {
  readonly program: string;
  readonly args: readonly string[];
  /** Called with every line of output; `true` ends the process with this signal. */
  readonly stopAt?: (line: string) => boolean;
  readonly signal?: 'SIGKILL' | 'SIGINT';
}

export interface DemoResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the demo in a process of its own. SIGKILL: no handler runs, nothing is flushed. */
export const runDemoProcess = ({
  program,
  args,
  stopAt,
  signal = 'SIGKILL',
}: DemoProcess): Promise<DemoResult> =>
  new Promise((resolve, reject) => {
    const input = args.includes('--input') ? [] : ['--input', join(example, 'input')];
    const child = spawn(process.execPath, [program, ...args, ...input], {
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    let errors = '';
    let unfinished = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const lines = `${unfinished}${text}`.split('\n');
      unfinished = lines.pop() ?? '';
      if (stopAt !== undefined && lines.some(stopAt)) child.kill(signal);
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output, errors }));
  });
