import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { KeyMemory } from './key-memory';
import { KeyRing } from './key-ring';
import {
  ANNA,
  ciphertextOf,
  EMAIL,
  MASTER_KEY,
  openVault,
  OTHER_MASTER_KEY,
  outcomeOf,
} from './testing/vault-scenery';

const rings: KeyRing[] = [];

const collect = (ring: KeyRing): KeyRing => {
  rings.push(ring);
  return ring;
};

describe('unwrapped keys', () => {
  beforeEach(() => {
    rings.splice(0);
    const create = KeyRing.create.bind(KeyRing);
    const fromBytes = KeyRing.fromBytes.bind(KeyRing);
    jest.spyOn(KeyRing, 'create').mockImplementation((level) => collect(create(level)));
    jest.spyOn(KeyRing, 'fromBytes').mockImplementation((bytes) => collect(fromBytes(bytes)));
    for (const name of ['copy', 'withNextVersion', 'withNewestVersionOnly'] as const) {
      const original = Reflect.get(KeyRing.prototype, name);
      jest.spyOn(KeyRing.prototype, name).mockImplementation(function (this: KeyRing) {
        return collect(original.call(this));
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const unwiped = (): number => rings.filter(({ isWiped }) => !isWiped).length;

  it('are all zeroed when the vault is closed, whatever was asked of it and however it ended', async () => {
    const memory = new KeyMemory();
    const before = openVault(memory);
    await before.openDataSet({ ...EMAIL, contractId: 'c3' });
    before.close();
    const vault = openVault(memory, {
      masterKey: OTHER_MASTER_KEY,
      previousMasterKeys: [MASTER_KEY],
      cachedKeysMax: 3,
    });
    const ciphertext = await ciphertextOf(vault, EMAIL);
    const values = ['r1', 'r2', 'r3'].map((recipientId) => ({
      reference: { ...EMAIL, recipientId },
      plaintext: ANNA,
    }));
    await Promise.all([
      vault.encryptMany(values),
      vault.encrypt(EMAIL, ANNA),
      vault.decrypt(EMAIL, ciphertext),
    ]);
    await vault.blindIndex(EMAIL, [ANNA]);
    await vault.manifestDigest(EMAIL, [ANNA]);
    expect(await outcomeOf(vault.decrypt({ ...EMAIL, field: 'phone' }, ciphertext))).toBe('not-authentic');
    expect(await outcomeOf(vault.decrypt(EMAIL, ANNA))).toBe('unknown-format');
    expect(await outcomeOf(vault.decrypt({ ...EMAIL, recipientId: 'r9' }, ciphertext))).toBe(
      'key-never-known',
    );
    await vault.rotateContractKey(EMAIL);
    await vault.rotateDataSetKey(EMAIL);
    await vault.rotateMasterKey();
    await vault.decrypt(EMAIL, ciphertext);
    await vault.freeze('c1');
    await vault.encryptMany(values);
    await vault.encrypt({ ...EMAIL, recipientId: 'r9' }, ANNA);
    await vault.openDataSet({ ...EMAIL, contractId: 'c2' });
    await vault.eraseRecipient(EMAIL);
    await vault.decrypt(EMAIL, ciphertext);
    expect(rings.length).toBeGreaterThan(50);
    expect(unwiped()).toBe(3);
    vault.close();
    expect(unwiped()).toBe(0);
  });

  it('are zeroed by a fence on their contract', async () => {
    const vault = openVault();
    await ciphertextOf(vault, EMAIL);
    expect(unwiped()).toBe(3);
    await vault.fence('c1');
    expect(unwiped()).toBe(0);
  });

  it('are zeroed when an operation fails halfway, but for the cache', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), EMAIL);
    memory.replace([{ path: ['c1', 'd1', 'r1'], wrapped: Buffer.alloc(80, 1), expectedGeneration: 1 }]);
    rings.splice(0);
    const vault = openVault(memory);
    expect(await outcomeOf(vault.decrypt(EMAIL, ciphertext))).toBe('key-not-authentic');
    const many = vault.encryptMany(
      [{ ...EMAIL, recipientId: 'r2' }, EMAIL].map((reference) => ({ reference, plaintext: ANNA })),
    );
    await many.catch(() => undefined);
    vault.close();
    expect(rings.length).toBeGreaterThan(3);
    expect(unwiped()).toBe(0);
  });
});
