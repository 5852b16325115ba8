// `pnpm erase-contract [recipients]`: destroying a contract with many recipients beside one with ten.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireCount, WorkNotDone } from '../comparing/work';
import { showProgress } from '../showing/progress';
import type { ErasureReport } from './erasing-process';
import { fillKeyStore } from './fill-key-store';
import { openVaultOn } from './key-file';

const run = promisify(execFile);
const recipientsDefault = 1_000_000;
const keysAbove = 2;

const eraseContractOf = async (recipients: number, folder: string): Promise<ErasureReport> => {
  const file = join(folder, `keys-of-${recipients}.db`);
  const { vault, close } = await openVaultOn(file);
  const progress = showProgress(`making keys of ${recipients} recipients`, recipients);
  await fillKeyStore(vault, recipients, progress);
  progress.end();
  await close();
  const { stdout } = await run(process.execPath, [join(__dirname, 'erasing-process.js'), file]);
  const report = JSON.parse(stdout) as ErasureReport;
  requireCount('Keys that were destroyed', recipients + keysAbove, report.keysDestroyed);
  requireCount('Keys that are left', 0, report.keysLeft);
  return report;
};

const show = (recipients: number, { operations, seconds, peakMegabytes }: ErasureReport): void => {
  console.log(
    `${recipients.toLocaleString('en')} recipients: ${operations.join(', ')}; ` +
      `${seconds.toFixed(2)} s, ${peakMegabytes.toFixed(0)} MB of memory at most`,
  );
};

const main = async (many: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-erase-contract-'));
  try {
    const few = await eraseContractOf(10, folder);
    show(10, few);
    const erasure = await eraseContractOf(many, folder);
    show(many, erasure);
    if (erasure.operations.join() !== few.operations.join()) {
      throw new WorkNotDone('A contract with more recipients took other operations of the key store.');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
};

const [argument = String(recipientsDefault)] = process.argv.slice(2).filter((each) => each !== '--');
if (/^[1-9]\d{0,7}$/.test(argument)) {
  main(Number(argument)).catch((error: unknown) => {
    console.error(error instanceof WorkNotDone ? error.message : error);
    process.exitCode = 1;
  });
} else {
  console.error('Usage: pnpm erase-contract [recipients]; expected a whole number of at most 8 digits.');
  process.exitCode = 2;
}
