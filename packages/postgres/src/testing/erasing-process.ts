import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ErasingProcessOptions {
  readonly connectionString: string;
  /** The number of the order. */
  readonly order: number;
  readonly rowsPerTransaction: number;
}

/** Another process that erases tables. */
export interface ErasingProcess {
  /** Resolves when so many transactions of it were committed, or it has ended before. */
  readonly untilCommitted: (transactions: number) => Promise<void>;
  /** Whether it has come to a receipt. Resolves when it has ended, by itself or killed. */
  readonly ended: Promise<boolean>;
  /** SIGKILL: no handler runs, nothing is said to the server. */
  readonly kill: () => void;
}

// The package is not built before its tests, and Node 20 does not read TypeScript.
const typeScript = require.resolve('esbuild-register');
const program = join(__dirname, '../../fixtures/erasing-process.mjs');

export const startErasingProcess = (options: ErasingProcessOptions): ErasingProcess => {
  const child = spawn(process.execPath, ['--require', typeScript, program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = 0;
  let hasReceipt = false;
  let onMessage = (): void => undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'committed') committed += 1;
    else hasReceipt = true;
    onMessage();
  });
  const ended = new Promise<boolean>((resolve) => {
    lines.on('close', () => resolve(hasReceipt));
  });
  return {
    ended,
    untilCommitted: async (transactions) => {
      const enough = new Promise<void>((resolve) => {
        onMessage = () => {
          if (committed >= transactions) resolve();
        };
        onMessage();
      });
      await Promise.race([enough, ended]);
    },
    kill: () => child.kill('SIGKILL'),
  };
};
