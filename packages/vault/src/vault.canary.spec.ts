import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { KeyMemory } from './key-memory';
import { ciphertextOf, EMAIL, openVault, OTHER_MASTER_KEY, wrappedAt } from './testing/vault-scenery';

const ADDRESS = 'canary-7f3a@example.com';
const ID = 'canary-7f3a';
const plaintext = Buffer.from(ADDRESS);

const caught = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('expected a refusal');
};

const everyRefusal = async (): Promise<readonly unknown[]> => {
  const memory = new KeyMemory();
  const vault = openVault(memory);
  const at = { contractId: ID, dataSetId: ID, recipientId: ID, field: ID };
  const ciphertext = await ciphertextOf(vault, at, plaintext);
  const closed = openVault(memory);
  closed.close();
  const moved = new KeyMemory();
  const movedVault = openVault(moved);
  await ciphertextOf(movedVault, at, plaintext);
  moved.replace([{ path: [ID, ID], wrapped: wrappedAt(memory, [ID, ID]), expectedGeneration: 1 }]);
  return Promise.all(
    [
      vault.encrypt({ ...at, contractId: ADDRESS }, plaintext),
      vault.encrypt({ ...at, field: `${ADDRESS} ` }, plaintext),
      vault.encryptMany([{ reference: { ...at, recipientId: ADDRESS }, plaintext }]),
      vault.eraseRecipient({ ...at, recipientId: ADDRESS }),
      vault.fence(ADDRESS),
      vault.destroyContractKeys(ID),
      vault.decrypt({ ...at, recipientId: `${ID}-2` }, ciphertext),
      vault.decrypt({ ...at, field: 'other' }, ciphertext),
      vault.decrypt(at, plaintext),
      vault.blindIndex({ ...at, dataSetId: `${ID}-2` }, [plaintext]),
      vault.reapplyErasures([{ path: [ADDRESS], fenceRevision: 1, fencedAt: '2026-03-29T06:00:00.000Z' }]),
      openVault(memory, { masterKey: OTHER_MASTER_KEY }).decrypt(at, ciphertext),
      openVault(moved).decrypt(at, ciphertext),
      closed.decrypt(at, ciphertext),
    ].map(caught),
  );
};

describe('planted personal data', () => {
  it('is in no error: not in its message, stack, cause or properties', async () => {
    const refusals = await everyRefusal();
    expect(refusals).toHaveLength(14);
    for (const refusal of refusals) {
      expect(inspect(refusal, { depth: null, showHidden: true })).not.toContain('7f3a');
    }
  });

  it('is in no byte of the key store, in no form', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    await ciphertextOf(vault, EMAIL, plaintext);
    await vault.blindIndex(EMAIL, [plaintext]);
    const stored = Buffer.concat(memory.storedBytes());
    for (const encoding of ['utf8', 'hex', 'base64', 'utf16le'] as const) {
      const form =
        encoding === 'utf16le' ? Buffer.from(ADDRESS, 'utf16le') : Buffer.from(plaintext.toString(encoding));
      expect(stored.includes(form)).toBe(false);
    }
  });
});
