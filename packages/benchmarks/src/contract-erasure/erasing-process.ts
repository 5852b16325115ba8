// Erases the contract of one key store in a process of its own, and tells on its last line what that took.
import { contractId, openVaultOn } from './key-file';

/** What one erasure took. */
export interface ErasureReport {
  readonly operations: readonly string[];
  readonly keysDestroyed: number;
  readonly keysLeft: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const erase = async (file: string): Promise<ErasureReport> => {
  const { vault, operations, close } = await openVaultOn(file);
  const startedAt = performance.now();
  await vault.fence(contractId);
  const { keysDestroyed } = await vault.destroyContractKeys(contractId);
  const seconds = (performance.now() - startedAt) / 1000;
  const called = [...operations];
  const { contracts, dataSets, recipients } = await vault.countKeys({ contractId });
  await close();
  return {
    operations: called,
    keysDestroyed,
    keysLeft: contracts + dataSets + recipients,
    seconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};

const [file = ''] = process.argv.slice(2);
void erase(file).then((report) => {
  console.log(JSON.stringify(report));
});
