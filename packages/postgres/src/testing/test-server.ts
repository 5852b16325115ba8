import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// One server for all specs of this package, and for all workers of jest. The one of MANDATE_POSTGRES, if that is set: a
// connection string of a superuser, who may read the files of the server. Else one of our own.

const program = join(__dirname, '../../fixtures/postgres-server.mjs');

const running: { server?: ChildProcess } = {};

const start = async (): Promise<void> => {
  // In a group of its own: the interrupt key is for the tests, and their end tells the server.
  const server = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  running.server = server;
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  const answer = JSON.parse(line) as { readonly connectionString?: string; readonly missing?: string };
  process.env['MANDATE_POSTGRES_OF_TESTS'] = answer.connectionString ?? '';
  if (answer.missing === undefined) return;
  process.stderr.write(`PostgreSQL: not run, there is no server (${answer.missing.slice(0, 500)}).\n`);
};

/** Called by jest before the first spec of this package. */
export const setUp = async (): Promise<void> => {
  const given = process.env['MANDATE_POSTGRES'];
  if (given === undefined) return start();
  process.env['MANDATE_POSTGRES_OF_TESTS'] = given;
};

/** Called by jest after the last spec. */
export const tearDown = async (): Promise<void> => {
  const { server } = running;
  if (server === undefined || server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  await ended;
};
