import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { MasterKey } from './master-key';
import { interruptKeyStore } from './testing/interrupted-key-store';
import {
  ANNA,
  ciphertextOf,
  EMAIL,
  MASTER_KEY,
  openVault,
  OTHER_MASTER_KEY,
  outcomeOf,
  plaintextOf,
  wrappedAt,
} from './testing/vault-scenery';
import type { Vault } from './vault';

describe('the cache of keys', () => {
  const countingMasterKey = (): { readonly masterKey: MasterKey; readonly unwrapped: () => number } => {
    let calls = 0;
    return {
      masterKey: {
        ...MASTER_KEY,
        unwrap: (wrapped, context) => {
          calls += 1;
          return MASTER_KEY.unwrap(wrapped, context);
        },
      },
      unwrapped: () => calls,
    };
  };

  it('asks the master key once, however many operations begin at the same time', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), EMAIL, ANNA);
    const { masterKey: counting, unwrapped } = countingMasterKey();
    const vault = openVault(memory, { masterKey: counting });
    await Promise.all(Array.from({ length: 50 }, () => plaintextOf(vault, EMAIL, ciphertext)));
    await plaintextOf(vault, EMAIL, ciphertext);
    expect(unwrapped()).toBe(1);
  });

  it('survives fences elsewhere, and does not survive its own', async () => {
    const memory = new KeyMemory();
    const { masterKey: counting, unwrapped } = countingMasterKey();
    const vault = openVault(memory, { masterKey: counting });
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    await openVault(memory).fence('c2');
    await openVault(memory).eraseRecipient({ ...EMAIL, recipientId: 'r2' });
    const before = unwrapped();
    expect(await plaintextOf(vault, EMAIL, ciphertext)).toEqual(ANNA);
    expect(unwrapped()).toBe(before);
    await openVault(memory).fence('c1');
    expect((await vault.decrypt(EMAIL, ciphertext)).state).toBe('erased');
  });

  it('drops what another process erased when it is told to look', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    await ciphertextOf(vault, EMAIL, ANNA);
    await ciphertextOf(vault, { ...EMAIL, contractId: 'c2' }, ANNA);
    expect(await vault.evictErasedKeys()).toBe(0);
    await openVault(memory).fence('c1');
    expect(await vault.evictErasedKeys()).toBe(3);
    expect(await vault.evictErasedKeys()).toBe(0);
  });

  it('drops at once what it finds erased', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertext = await ciphertextOf(vault, EMAIL);
    await openVault(memory).eraseRecipient(EMAIL);
    expect(await outcomeOf(vault.decrypt(EMAIL, ciphertext))).toBe('erased');
    expect(await vault.evictErasedKeys()).toBe(0);
  });

  it('takes no key in whose fence overtook the answer of the key store', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), EMAIL);
    let isOvertaken = false;
    const vault: Vault = openVault(memory, {
      keyStore: interruptKeyStore(createInMemoryKeyStore(memory), {
        after: async (operation) => {
          if (operation !== 'read' || isOvertaken) return;
          isOvertaken = true;
          await vault.fence('c1');
        },
      }),
    });
    expect(await outcomeOf(vault.decrypt(EMAIL, ciphertext))).toBe('erased');
    expect(await vault.evictErasedKeys()).toBe(0);
  });

  it('may hold no key at all', async () => {
    const vault = openVault(new KeyMemory(), { cachedKeysMax: 0 });
    expect(await plaintextOf(vault, EMAIL, await ciphertextOf(vault, EMAIL, ANNA))).toEqual(ANNA);
  });
});

describe('wrapped keys', () => {
  it('cannot change places in the key store', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    await ciphertextOf(vault, { ...EMAIL, recipientId: 'r2' }, ANNA);
    await ciphertextOf(vault, { ...EMAIL, contractId: 'c2' }, ANNA);
    memory.replace([
      { path: ['c1', 'd1', 'r2'], wrapped: wrappedAt(memory, ['c1', 'd1', 'r1']), expectedGeneration: 1 },
      { path: ['c2'], wrapped: wrappedAt(memory, ['c1']), expectedGeneration: 1 },
    ]);
    const moved = openVault(memory).decrypt({ ...EMAIL, recipientId: 'r2' }, ciphertext);
    expect(await outcomeOf(moved)).toBe('key-not-authentic');
    const contractMoved = openVault(memory).decrypt({ ...EMAIL, contractId: 'c2' }, ciphertext);
    expect(await outcomeOf(contractMoved)).toBe('key-not-authentic');
  });

  it('need the master key under which they were wrapped', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), EMAIL, ANNA);
    expect(
      await outcomeOf(openVault(memory, { masterKey: OTHER_MASTER_KEY }).decrypt(EMAIL, ciphertext)),
    ).toBe('master-key-unknown');
    const impostor = { ...OTHER_MASTER_KEY, keyId: MASTER_KEY.keyId };
    expect(await outcomeOf(openVault(memory, { masterKey: impostor }).decrypt(EMAIL, ciphertext))).toBe(
      'key-not-authentic',
    );
  });
});
