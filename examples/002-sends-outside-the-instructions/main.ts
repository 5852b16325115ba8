import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runExample } from './example';

/** `run/` in the folder of this example, wherever the build lies. Each run begins afresh. */
const folder = join(existsSync(join(__dirname, 'README.md')) ? __dirname : join(__dirname, '..'), 'run');

const main = async (): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { exitCode } = await runExample({ folder, say: (line) => console.log(line) });
  process.exitCode = exitCode;
  console.log(`The log and the history are in ${folder}`);
};

void main();
