import type * as esbuild from 'esbuild';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const packages = join(__dirname, '../../..');

/** As in jest.config.ts: packages see each other's sources, so nothing is built before a test. */
const sources: esbuild.Plugin = {
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

/** Puts the command into one file that node runs; the bundler is given by the spec, since what is here must not need it. */
export const bundleCommand = async (build: typeof esbuild.build, outfile: string): Promise<void> => {
  await build({
    entryPoints: [join(packages, 'cli/src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [sources],
    logLevel: 'error',
  });
};

export interface CommandProcess {
  readonly program: string;
  readonly args: readonly string[];
  /** What to do when the first output or complaint has come; nothing more is read before it is done. */
  readonly onFirstOutput?: 'interrupt' | 'close';
  /** Interrupts it when it waits for more on its standard input. */
  readonly interruptsReading?: boolean;
  /** No file of the process can grow beyond this. */
  readonly fileBytesMax?: number;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly complaints: string;
}

const limited = (fileBytesMax: number | undefined): readonly string[] =>
  // The signal would end the process; ignored, the write fails instead. The limit counts blocks of 512 bytes.
  fileBytesMax === undefined
    ? []
    : ['sh', '-c', `trap '' XFSZ; ulimit -f ${Math.floor(fileBytesMax / 512)}; exec "$@"`, 'sh'];

/** Runs the command in a process of its own, with pipes for everything; its standard input stays open. */
export const runProcess = ({
  program,
  args,
  onFirstOutput,
  interruptsReading = false,
  fileBytesMax,
}: CommandProcess): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const [command = '', ...rest] = [...limited(fileBytesMax), process.execPath, program, ...args];
    const child = spawn(command, rest, { env: { ...process.env, NO_COLOR: '1' } });
    let [output, complaints, isFirst] = ['', '', true];
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!isFirst) return;
      isFirst = false;
      if (onFirstOutput === 'close') child.stdout.destroy();
      if (onFirstOutput === 'interrupt') child.kill('SIGINT');
    });
    // More than a pipe holds: when all of it is gone, it was read.
    if (interruptsReading) child.stdin.write(' '.repeat(300_000), () => child.kill('SIGINT'));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output, complaints }));
  });
