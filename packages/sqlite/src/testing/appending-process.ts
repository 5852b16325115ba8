import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SqliteEventStoreOptions } from '../event-store/sqlite-event-store';

export interface AppendingProcessOptions {
  readonly file: string;
  readonly stream: string;
  readonly appends: number;
  readonly batchSize: number;
  /** The data of every event. */
  readonly text?: string;
  readonly options?: Partial<SqliteEventStoreOptions>;
  /** No file of the process can grow beyond this; writing more fails as it does on a broken disk. */
  readonly fileBytesMax?: number;
}

export type Message =
  | { readonly ready: string }
  | { readonly acknowledged: readonly string[]; readonly version: number }
  | { readonly failed: string; readonly eventIds: readonly string[]; readonly message: string }
  | { readonly finished: true };

/** Another process that appends to the same file. */
export interface AppendingProcess {
  readonly messages: readonly Message[];
  readonly acknowledged: () => readonly string[];
  /** Resolves when so many appends were acknowledged, or the process has ended before. */
  readonly untilAcknowledged: (appends: number) => Promise<void>;
  /** Resolves when the process has ended, by itself or killed. */
  readonly ended: Promise<void>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  readonly kill: () => void;
}

// The package is not built before its tests, and Node 20 does not read TypeScript.
const typeScript = require.resolve('esbuild-register');
const program = join(__dirname, '..', '..', 'fixtures', 'appending-process.mjs');

const commandOf = (options: AppendingProcessOptions): readonly [command: string, ...args: string[]] => {
  const node = [process.execPath, '--require', typeScript, program, JSON.stringify(options)] as const;
  if (options.fileBytesMax === undefined) return node;
  // The signal would end the process; ignored, the write fails instead. The limit counts blocks of 512 bytes.
  const limited = `trap '' XFSZ; ulimit -f ${Math.floor(options.fileBytesMax / 512)}; exec "$@"`;
  return ['sh', '-c', limited, 'sh', ...node];
};

export const startAppendingProcess = (options: AppendingProcessOptions): AppendingProcess => {
  const [command, ...args] = commandOf(options);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const messages: Message[] = [];
  let onMessage = (): void => undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    messages.push(JSON.parse(line) as Message);
    onMessage();
  });
  const ended = new Promise<void>((resolve) => {
    lines.on('close', resolve);
  });
  const acknowledged = (): readonly string[] =>
    messages.flatMap((message) => ('acknowledged' in message ? message.acknowledged : []));
  return {
    messages,
    acknowledged,
    ended,
    untilAcknowledged: (appends) => {
      const enough = new Promise<void>((resolve) => {
        onMessage = () => {
          if (acknowledged().length >= appends * options.batchSize) resolve();
        };
        onMessage();
      });
      return Promise.race([enough, ended]);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
