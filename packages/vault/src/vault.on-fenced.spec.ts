import { describe, expect, it } from '@jest/globals';
import { KeyMemory } from './key-memory';
import type { FenceRecord } from './key-store';
import { ciphertextOf, EMAIL, openVault, plaintextOf, ANNA } from './testing/vault-scenery';

const dataSet = { contractId: EMAIL.contractId, dataSetId: EMAIL.dataSetId };

describe('whoever is told of fences', () => {
  it('hears of every erasure, at every level, while the keys are still there', async () => {
    const memory = new KeyMemory();
    const told: [FenceRecord['path'], number][] = [];
    const vault = openVault(memory, {
      onFenced: ({ path }) => {
        told.push([path, memory.storedBytes().length]);
        return Promise.resolve();
      },
    });
    await ciphertextOf(vault, EMAIL);
    const { contractId, dataSetId, recipientId } = EMAIL;
    await vault.eraseRecipient({ contractId, dataSetId, recipientId });
    await vault.eraseDataSet(dataSet);
    await vault.fence(contractId);
    await vault.destroyContractKeys(contractId);
    expect(told).toEqual([
      [[contractId, dataSetId, recipientId], 3],
      [[contractId, dataSetId], 2],
      [[contractId], 1],
    ]);
  });

  it('keeps everything from being destroyed for as long as he rejects, and is told again', async () => {
    const memory = new KeyMemory();
    let isFull = true;
    const vault = openVault(memory, {
      onFenced: () => (isFull ? Promise.reject(new Error('disk full')) : Promise.resolve()),
    });
    const ciphertext = await ciphertextOf(vault, EMAIL);
    await expect(vault.eraseDataSet(dataSet)).rejects.toThrow('disk full');
    expect(memory.storedBytes()).toHaveLength(3);
    // Fenced all the same: what was to be erased is served to nobody meanwhile.
    expect(await vault.decrypt(EMAIL, ciphertext)).toMatchObject({ state: 'erased' });
    isFull = false;
    await vault.eraseDataSet(dataSet);
    expect(memory.storedBytes()).toHaveLength(1);
  });

  it('is asked for nothing by a vault without one', async () => {
    const vault = openVault(new KeyMemory());
    const ciphertext = await ciphertextOf(vault, EMAIL);
    expect(await plaintextOf(vault, EMAIL, ciphertext)).toEqual(ANNA);
  });
});
