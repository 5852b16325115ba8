import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { interruptKeyStore } from './testing/interrupted-key-store';
import type { FieldReference } from './reference';
import { ANNA, ciphertextOf, EMAIL, openVault, outcomeOf, plaintextOf } from './testing/vault-scenery';

describe('encrypting a value', () => {
  it('gives bytes that the same reference decrypts, also in another process and after a restart', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), EMAIL, ANNA);
    expect(Buffer.from(ciphertext).includes(Buffer.from(ANNA))).toBe(false);
    expect(ciphertext).toHaveLength(ANNA.length + 29);
    expect(Buffer.from(await plaintextOf(openVault(memory), EMAIL, ciphertext))).toEqual(ANNA);
  });

  it('gives other bytes each time', async () => {
    const vault = openVault();
    const [one, other] = [await ciphertextOf(vault, EMAIL, ANNA), await ciphertextOf(vault, EMAIL, ANNA)];
    expect(Buffer.from(one)).not.toEqual(Buffer.from(other));
  });

  it('accepts an empty value', async () => {
    const vault = openVault();
    expect(await plaintextOf(vault, EMAIL, await ciphertextOf(vault, EMAIL, Buffer.alloc(0)))).toHaveLength(
      0,
    );
  });

  it.each([
    ['contractId', 'anna@example.com'],
    ['dataSetId', '+48 600 700 800'],
    ['recipientId', 'anna@example.com'],
    ['recipientId', ''],
    ['field', 'Anna Kowalska'],
    ['field', undefined],
    ['recipientId', undefined],
  ])('refuses a %s that is not opaque, without repeating it', async (part, value) => {
    const work = openVault().encrypt({ ...EMAIL, [part]: value }, ANNA);
    expect(await outcomeOf(work)).toBe('invalid-reference');
    await expect(work).rejects.not.toThrow(/anna|kowalska|600/i);
  });
});

describe('decrypting a value', () => {
  it('of a key that was never known is an error, and creates no key', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    expect(await outcomeOf(vault.decrypt({ ...EMAIL, recipientId: 'r2' }, ciphertext))).toBe(
      'key-never-known',
    );
    expect(await outcomeOf(vault.decrypt({ ...EMAIL, contractId: 'c2' }, ciphertext))).toBe(
      'key-never-known',
    );
    expect(await vault.keyState({ contractId: 'c2' })).toEqual({ state: 'never-known' });
  });

  it('of bytes that are no ciphertext is an error; of erased data it is erased, whatever the bytes are', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    expect(await outcomeOf(vault.decrypt(EMAIL, Buffer.alloc(0)))).toBe('unknown-format');
    expect(await outcomeOf(vault.decrypt(EMAIL, Buffer.concat([Buffer.of(9), ciphertext])))).toBe(
      'unknown-format',
    );
    expect(await outcomeOf(vault.decrypt(EMAIL, ciphertext.subarray(0, 28)))).toBe('unknown-format');
    expect(await outcomeOf(vault.decrypt(EMAIL, ciphertext.subarray(0, 29)))).toBe('not-authentic');
    await vault.eraseRecipient(EMAIL);
    expect((await vault.decrypt(EMAIL, Buffer.alloc(0))).state).toBe('erased');
  });
});

describe('encrypting many values', () => {
  it('answers each in its place, across data sets and contracts, with several fields of one recipient', async () => {
    const vault = openVault();
    await vault.fence('c3');
    const references: readonly FieldReference[] = [
      { ...EMAIL, recipientId: 'r2' },
      { ...EMAIL, contractId: 'c2' },
      { ...EMAIL, contractId: 'c3' },
      { ...EMAIL, recipientId: 'r2', field: 'phone' },
      { ...EMAIL, dataSetId: 'd2' },
    ];
    await ciphertextOf(vault, references[0]!, ANNA);
    const answers = await vault.encryptMany(
      references.map((reference, index) => ({ reference, plaintext: Buffer.of(index) })),
    );
    expect(answers.map(({ state }) => state)).toEqual([
      'encrypted',
      'encrypted',
      'erased',
      'encrypted',
      'encrypted',
    ]);
    for (const [index, answer] of answers.entries()) {
      if (answer.state !== 'encrypted') continue;
      expect([...(await plaintextOf(vault, references[index]!, answer.ciphertext))]).toEqual([index]);
    }
    expect(await vault.countKeys({ contractId: 'c1' })).toEqual({ contracts: 1, dataSets: 2, recipients: 2 });
    expect(await vault.encryptMany([])).toEqual([]);
  });

  it('creates the keys of ten thousand recipients in one call of the key store', async () => {
    let creations = 0;
    const keyStore = interruptKeyStore(createInMemoryKeyStore(), {
      before: (operation) => {
        if (operation === 'create') creations += 1;
        return Promise.resolve();
      },
    });
    const vault = openVault(new KeyMemory(), { keyStore });
    await vault.openDataSet(EMAIL);
    creations = 0;
    const answers = await vault.encryptMany(
      Array.from({ length: 10_000 }, (_, index) => ({
        reference: { ...EMAIL, recipientId: `r${index}` },
        plaintext: ANNA,
      })),
    );
    expect(answers.every(({ state }) => state === 'encrypted')).toBe(true);
    expect(creations).toBe(1);
  });
});

describe('importing the same recipients again', () => {
  const importsCalling = async (cachedKeysMax: number): Promise<readonly (readonly string[])[]> => {
    let calls: string[] = [];
    const keyStore = interruptKeyStore(createInMemoryKeyStore(), {
      before: (operation) => {
        calls.push(operation);
        return Promise.resolve();
      },
    });
    const vault = openVault(new KeyMemory(), { keyStore, cachedKeysMax });
    const values = ['r1', 'r2'].map((recipientId) => ({
      reference: { ...EMAIL, recipientId },
      plaintext: ANNA,
    }));
    const each: (readonly string[])[] = [];
    for (let time = 0; time < 3; time += 1) {
      calls = [];
      await vault.encryptMany(values);
      each.push(calls);
    }
    return each;
  };

  it('asks for no key any more from the third time on, where the cache has room', async () => {
    const [, second, third] = await importsCalling(9);
    expect(second).toContain('create');
    expect(third).toEqual(['revision', 'revision']);
  });

  it('asks again where it has none', async () => {
    const [, second, third] = await importsCalling(2);
    expect(third).toEqual(second);
  });
});

describe('a closed vault', () => {
  it('refuses every call', async () => {
    const vault = openVault();
    await ciphertextOf(vault, EMAIL, ANNA);
    vault.close();
    vault.close();
    expect(await outcomeOf(vault.encrypt(EMAIL, ANNA))).toBe('vault-closed');
    expect(await outcomeOf(vault.fence('c1'))).toBe('vault-closed');
  });
});
