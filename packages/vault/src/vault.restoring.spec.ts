import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { FenceRecord } from './key-store';
import {
  ANNA,
  chainAt,
  ciphertextOf,
  EMAIL,
  openVault,
  outcomeOf,
  plaintextOf,
} from './testing/vault-scenery';
import type { Vault } from './vault';

const other = { ...EMAIL, contractId: 'c2' };
const neighbour = { ...EMAIL, recipientId: 'r2' };

const fencesOf = async (vault: Vault): Promise<readonly FenceRecord[]> => {
  const fences: FenceRecord[] = [];
  for await (const fence of vault.fences()) fences.push(fence);
  return fences;
};

/** A key store as a backup of this moment would bring it back. */
const backupOf = (memory: KeyMemory): KeyMemory => {
  const backup = new KeyMemory();
  for (const path of [
    ['c1', 'd1', 'r1'],
    ['c1', 'd1', 'r2'],
    ['c2', 'd1', 'r1'],
  ] as const) {
    const keys = chainAt(memory, path);
    backup.create(keys.map((key) => ({ ...key, parentGeneration: key.path.length === 1 ? 0 : 1 })));
  }
  return backup;
};

describe('a key store restored from a backup older than an erasure', () => {
  it('erases again what it brought back, with the facts of before, and leaves the rest', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertexts = [];
    for (const reference of [EMAIL, neighbour, other]) ciphertexts.push(await ciphertextOf(vault, reference));
    const restored = backupOf(memory);
    await vault.eraseRecipient(EMAIL);
    await vault.fence('c2');
    await vault.destroyContractKeys('c2');
    const [recipientState, contractState] = [await vault.keyState(EMAIL), await vault.keyState(other)];
    const fences = await fencesOf(vault);
    expect(fences.map(({ path }) => path)).toEqual([['c1', 'd1', 'r1'], ['c2']]);

    const again = openVault(restored);
    // Why a restore must never serve before the fences are written again:
    expect(await plaintextOf(again, EMAIL, ciphertexts[0]!)).toEqual(ANNA);
    expect(await again.reapplyErasures(fences)).toEqual({ fencesAdded: 2, keysDestroyed: 4 });
    expect(await again.decrypt(EMAIL, ciphertexts[0]!)).toEqual(recipientState);
    expect(await again.decrypt(other, ciphertexts[2]!)).toEqual(contractState);
    expect(await plaintextOf(again, neighbour, ciphertexts[1]!)).toEqual(ANNA);
    expect(restored.storedBytes()).toHaveLength(3);
    expect(await fencesOf(again)).toEqual(fences);
  });

  it('may be asked twice, and goes on counting fences after the old ones', async () => {
    const fences: readonly FenceRecord[] = [
      { path: ['c1'], fenceRevision: 7, fencedAt: '2026-01-01T00:00:00.000Z' },
    ];
    const vault = openVault();
    await ciphertextOf(vault, EMAIL);
    expect(await vault.reapplyErasures(fences)).toEqual({ fencesAdded: 1, keysDestroyed: 3 });
    expect(await vault.reapplyErasures(fences)).toEqual({ fencesAdded: 0, keysDestroyed: 3 });
    expect((await vault.fence('c2')).fenceRevision).toBe(8);
  });

  it.each([0, -1, 1.5, Number.NaN])(
    'refuses a fence of revision %p, and does nothing',
    async (fenceRevision) => {
      const vault = openVault();
      const ciphertext = await ciphertextOf(vault, EMAIL);
      const fences: readonly FenceRecord[] = [
        { path: ['c1'], fenceRevision, fencedAt: '2026-01-01T00:00:00.000Z' },
      ];
      expect(await outcomeOf(vault.reapplyErasures(fences))).toBe('invalid-reference');
      expect(await plaintextOf(vault, EMAIL, ciphertext)).toEqual(ANNA);
    },
  );

  it('lists more fences than one page of the key store holds', async () => {
    const memory = new KeyMemory();
    const store = createInMemoryKeyStore(memory);
    for (let index = 0; index < 2500; index += 1)
      await store.fence([`c${index}`], '2026-01-01T00:00:00.000Z');
    expect(await fencesOf(openVault(memory))).toHaveLength(2500);
  });
});
