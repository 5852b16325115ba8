import type { Vault } from '@mandate/vault';
import { WorkNotDone, type Progress } from '../comparing/work';
import { contractId } from './key-file';

const portion = 10_000;

/** Recipients with a key each, as an import makes them. */
export const fillKeyStore = async (vault: Vault, recipients: number, progress: Progress): Promise<void> => {
  const plaintext = Buffer.from('x');
  for (let first = 0; first < recipients; first += portion) {
    const count = Math.min(portion, recipients - first);
    const answers = await vault.encryptMany(
      Array.from({ length: count }, (_, index) => ({
        reference: { contractId, dataSetId: 'customers', recipientId: `r${first + index}`, field: 'email' },
        plaintext,
      })),
    );
    if (!answers.every(({ state }) => state === 'encrypted')) throw new WorkNotDone('A key was not made.');
    progress.advance(count);
  }
};
