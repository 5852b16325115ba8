import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface KeyStoreProcessOptions {
  readonly connectionString: string;
  /** Creates the keys of all recipients again and again, or erases half of them. */
  readonly does: 'create' | 'erase';
  readonly recipients: number;
}

/** Another process that uses the same key store. */
export interface KeyStoreProcess {
  /** The recipients that it has created, or erased. Rejects when it failed. */
  readonly ended: Promise<readonly string[]>;
}

// The package is not built before its tests, and Node 20 does not read TypeScript.
const typeScript = require.resolve('esbuild-register');
const program = join(__dirname, '../../fixtures/key-store-process.mjs');

type Message = { readonly done: string } | { readonly failed: string };

export const startKeyStoreProcess = (options: KeyStoreProcessOptions): KeyStoreProcess => {
  const child = spawn(process.execPath, ['--require', typeScript, program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const messages: Message[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => messages.push(JSON.parse(line) as Message));
  const ended = new Promise<readonly string[]>((resolve, reject) => {
    lines.on('close', () => {
      const failure = messages.find((message) => 'failed' in message);
      if (failure !== undefined) reject(new Error(failure.failed));
      else resolve(messages.flatMap((message) => ('done' in message ? [message.done] : [])));
    });
  });
  return { ended };
};
