import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { interruptKeyStore } from './testing/interrupted-key-store';
import type { FieldReference } from './reference';
import {
  ANNA,
  chainAt,
  ciphertextOf,
  EMAIL,
  openVault,
  outcomeOf,
  plaintextOf,
} from './testing/vault-scenery';

describe('erasing a contract', () => {
  it('answers erased from the fence on, with its time and revision', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    const { fenceRevision, fencedAt } = await vault.fence('c1');
    const erased = { state: 'erased', erasedAt: fencedAt, fenceRevision };
    expect(await vault.decrypt(EMAIL, ciphertext)).toEqual(erased);
    expect(await vault.encrypt(EMAIL, ANNA)).toEqual(erased);
    expect(await vault.encryptMany([{ reference: EMAIL, plaintext: ANNA }])).toEqual([erased]);
    expect(await vault.openDataSet({ contractId: 'c1', dataSetId: 'd9' })).toEqual(erased);
    expect(await vault.blindIndex(EMAIL, [ANNA])).toEqual(erased);
    expect(await vault.manifestDigest(EMAIL, [ANNA])).toEqual(erased);
    expect(await vault.keyState(EMAIL)).toEqual(erased);
    expect(await vault.rotateContractKey(EMAIL)).toEqual(erased);
    expect(await vault.rotateDataSetKey(EMAIL)).toEqual(erased);
  });

  it('reports the keys that were counted before, and the same facts when it is repeated', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    for (const recipientId of ['r1', 'r2', 'r3']) await ciphertextOf(vault, { ...EMAIL, recipientId }, ANNA);
    const counted = await vault.countKeys({ contractId: 'c1' });
    const fenced = await vault.fence('c1');
    const destroyed = await vault.destroyContractKeys('c1');
    expect(counted).toEqual({ contracts: 1, dataSets: 1, recipients: 3 });
    expect(destroyed).toEqual({
      keysDestroyed: 5,
      keysDestroyedByLevel: counted,
      fenceRevision: fenced.fenceRevision,
      destroyedAt: '2026-03-29T06:01:00.000Z',
    });
    expect(await openVault(memory).destroyContractKeys('c1')).toEqual(destroyed);
    expect(await openVault(memory).fence('c1')).toEqual(fenced);
    expect(memory.storedBytes()).toEqual([]);
  });

  it('is refused without a fence', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    await expect(vault.destroyContractKeys('c1')).rejects.toMatchObject({ code: 'not-fenced' });
    expect((await vault.decrypt(EMAIL, ciphertext)).state).toBe('decrypted');
  });

  it('takes as many calls of the key store for ten thousand recipients as for ten', async () => {
    const callsFor = async (recipients: number): Promise<readonly string[]> => {
      const calls: string[] = [];
      const store = interruptKeyStore(createInMemoryKeyStore(), {
        before: (operation) => {
          calls.push(operation);
          return Promise.resolve();
        },
      });
      const vault = openVault(new KeyMemory(), { keyStore: store });
      await vault.encryptMany(
        Array.from({ length: recipients }, (_, index) => ({
          reference: { ...EMAIL, recipientId: `r${index}` },
          plaintext: ANNA,
        })),
      );
      calls.splice(0);
      await vault.fence('c1');
      await vault.destroyContractKeys('c1');
      return calls;
    };
    expect(await callsFor(10)).toEqual(['fence', 'destroy']);
    expect(await callsFor(10_000)).toEqual(['fence', 'destroy']);
  });

  it('needs the contract key alone: all keys beneath, kept by somebody, open nothing', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    const [, dataSetKey, recipientKey] = chainAt(memory, ['c1', 'd1', 'r1']);
    await vault.fence('c1');
    await vault.destroyContractKeys('c1');

    // Somebody kept the lower keys, and puts them into a new key store under a contract key of the same id.
    const stolen = new KeyMemory();
    await openVault(stolen).openDataSet({ contractId: 'c1', dataSetId: 'other' });
    stolen.create([
      { path: ['c1', 'd1'], wrapped: dataSetKey!.wrapped, parentGeneration: 1 },
      { path: ['c1', 'd1', 'r1'], wrapped: recipientKey!.wrapped, parentGeneration: 1 },
    ]);
    expect(await outcomeOf(openVault(stolen).decrypt(EMAIL, ciphertext))).toBe('key-not-authentic');
  });
});

describe('erasing one recipient or one data set', () => {
  it('leaves everything else readable', async () => {
    const vault = openVault();
    const other = { ...EMAIL, recipientId: 'r2' };
    const elsewhere = { ...EMAIL, dataSetId: 'd2' };
    const ciphertexts = [];
    for (const reference of [EMAIL, other, elsewhere])
      ciphertexts.push(await ciphertextOf(vault, reference, ANNA));
    expect((await vault.eraseRecipient(EMAIL)).keysDestroyedByLevel).toEqual({
      contracts: 0,
      dataSets: 0,
      recipients: 1,
    });
    expect((await vault.decrypt(EMAIL, ciphertexts[0]!)).state).toBe('erased');
    expect(await plaintextOf(vault, other, ciphertexts[1]!)).toEqual(ANNA);
    expect((await vault.eraseDataSet(EMAIL)).keysDestroyedByLevel).toEqual({
      contracts: 0,
      dataSets: 1,
      recipients: 1,
    });
    expect((await vault.decrypt(other, ciphertexts[1]!)).state).toBe('erased');
    expect(await plaintextOf(vault, elsewhere, ciphertexts[2]!)).toEqual(ANNA);
  });

  it('never erases a whole data set for want of a recipient id', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    const lost = { contractId: 'c1', dataSetId: 'd1' } as FieldReference;
    expect(await outcomeOf(vault.eraseRecipient(lost))).toBe('invalid-reference');
    expect((await vault.decrypt(EMAIL, ciphertext)).state).toBe('decrypted');
  });
});

describe('freezing a contract', () => {
  it('ends encryption and new keys, while decryption and digests go on', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, EMAIL, ANNA);
    const { frozenAt } = await vault.freeze('c1');
    const frozen = { state: 'frozen', frozenAt };
    expect(await vault.encrypt(EMAIL, ANNA)).toEqual(frozen);
    expect(await vault.encrypt({ ...EMAIL, recipientId: 'r2' }, ANNA)).toEqual(frozen);
    expect(await vault.encrypt({ ...EMAIL, dataSetId: 'd2' }, ANNA)).toEqual(frozen);
    expect(await vault.encryptMany([{ reference: EMAIL, plaintext: ANNA }])).toEqual([frozen]);
    expect(await vault.openDataSet(EMAIL)).toEqual(frozen);
    expect(await plaintextOf(vault, EMAIL, ciphertext)).toEqual(ANNA);
    expect((await vault.blindIndex(EMAIL, [ANNA])).state).toBe('indexed');
    expect(await vault.keyState(EMAIL)).toEqual({ state: 'active', frozenAt });
    expect(await vault.keyState({ ...EMAIL, recipientId: 'r2' })).toEqual({ state: 'never-known' });
    expect(await vault.freeze('c1')).toEqual({ frozenAt });
    expect((await vault.encrypt({ ...EMAIL, contractId: 'c2' }, ANNA)).state).toBe('encrypted');
  });

  it('takes nothing back that was erased before', async () => {
    const vault = openVault();
    await vault.eraseRecipient(EMAIL);
    await vault.freeze('c1');
    const values = [EMAIL, { ...EMAIL, recipientId: 'r2' }].map((reference) => ({
      reference,
      plaintext: ANNA,
    }));
    expect((await vault.encryptMany(values)).map(({ state }) => state)).toEqual(['erased', 'frozen']);
    expect((await vault.encrypt(EMAIL, ANNA)).state).toBe('erased');
  });
});
