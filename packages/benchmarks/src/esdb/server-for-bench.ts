import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startProtocolServer } from '@mandate/eventstoredb/testing';

/** A server to measure on, and how to let go of it. */
export interface ServerForBench {
  readonly connectionString: string;
  readonly close: () => Promise<void>;
}

const script = join(__dirname, 'server-process.js');

const addressFrom = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.once('data', (line: Buffer) => {
      resolve(line.toString().trim());
    });
    child.once('exit', () => {
      reject(new Error('The protocol server ended before it listened.'));
    });
  });

/** A process of its own, so that what the server does is not measured as ours; in tests there is no build to start. */
export const startServerForBench = async (): Promise<ServerForBench> => {
  if (!existsSync(script)) {
    const server = await startProtocolServer();
    return {
      connectionString: server.connectionString(),
      close: () => {
        server.stop();
        return Promise.resolve();
      },
    };
  }
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const connectionString = await addressFrom(child);
  return {
    connectionString,
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
        child.kill();
      }),
  };
};
