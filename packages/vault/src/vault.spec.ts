import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { masterKeyFromBytes } from './master-key';
import type { MasterKey } from './master-key';
import type { FieldReference } from './reference';
import { interruptKeyStore } from './testing/interrupted-key-store';
import { createVault } from './vault';
import type { Vault, VaultOptions } from './vault';
import { isVaultError } from './vault-error';

const masterKey = masterKeyFromBytes(Buffer.from('a'.repeat(16) + 'b'.repeat(16)));
const email: FieldReference = { contractId: 'c1', dataSetId: 'd1', recipientId: 'r1', field: 'email' };
const anna = Buffer.from('anna@example.com');

const minutes = (): (() => string) => {
  let minute = 0;
  return () => `2026-03-29T06:${String(minute++).padStart(2, '0')}:00.000Z`;
};

const openVault = (memory = new KeyMemory(), options: Partial<VaultOptions> = {}): Vault =>
  createVault({ keyStore: createInMemoryKeyStore(memory), masterKey, clock: minutes(), ...options });

const ciphertextOf = async (
  vault: Vault,
  reference: FieldReference,
  plaintext: Uint8Array,
): Promise<Uint8Array> => {
  const answer = await vault.encrypt(reference, plaintext);
  if (answer.state !== 'encrypted') throw new Error(`expected a ciphertext, found ${answer.state}`);
  return answer.ciphertext;
};

const plaintextOf = async (
  vault: Vault,
  reference: FieldReference,
  ciphertext: Uint8Array,
): Promise<Uint8Array> => {
  const answer = await vault.decrypt(reference, ciphertext);
  if (answer.state !== 'decrypted') throw new Error(`expected a plaintext, found ${answer.state}`);
  return answer.plaintext;
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return isVaultError(error) ? error.code : String(error);
  }
};

describe('encrypting a value', () => {
  it('gives bytes that the same reference decrypts, also in another process and after a restart', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), email, anna);
    expect(Buffer.from(ciphertext).includes(anna)).toBe(false);
    expect(ciphertext).toHaveLength(anna.length + 29);
    expect(Buffer.from(await plaintextOf(openVault(memory), email, ciphertext))).toEqual(anna);
  });

  it('gives other bytes each time', async () => {
    const vault = openVault();
    const [one, other] = [await ciphertextOf(vault, email, anna), await ciphertextOf(vault, email, anna)];
    expect(Buffer.from(one)).not.toEqual(Buffer.from(other));
  });

  it('accepts an empty value', async () => {
    const vault = openVault();
    expect(await plaintextOf(vault, email, await ciphertextOf(vault, email, Buffer.alloc(0)))).toHaveLength(
      0,
    );
  });

  it.each([
    ['contractId', 'anna@example.com'],
    ['dataSetId', '+48 600 700 800'],
    ['recipientId', 'anna@example.com'],
    ['recipientId', ''],
    ['field', 'Anna Kowalska'],
  ])('refuses a %s that is not opaque, without repeating it', async (part, value) => {
    const work = openVault().encrypt({ ...email, [part]: value }, anna);
    expect(await codeOf(work)).toBe('invalid-reference');
    await expect(work).rejects.not.toThrow(/anna|kowalska|600/i);
  });
});

describe('decrypting a value', () => {
  it('of a key that was never known is an error, and creates no key', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, email, anna);
    expect(await codeOf(vault.decrypt({ ...email, recipientId: 'r2' }, ciphertext))).toBe('key-never-known');
    expect(await codeOf(vault.decrypt({ ...email, contractId: 'c2' }, ciphertext))).toBe('key-never-known');
    expect(await vault.keyState({ contractId: 'c2' })).toEqual({ state: 'never-known' });
  });

  it('of bytes that are no ciphertext is an error; of erased data it is erased, whatever the bytes are', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, email, anna);
    expect(await codeOf(vault.decrypt(email, Buffer.alloc(0)))).toBe('unknown-format');
    expect(await codeOf(vault.decrypt(email, Buffer.concat([Buffer.of(9), ciphertext])))).toBe(
      'unknown-format',
    );
    expect(await codeOf(vault.decrypt(email, ciphertext.subarray(0, 28)))).toBe('unknown-format');
    expect(await codeOf(vault.decrypt(email, ciphertext.subarray(0, 29)))).toBe('not-authentic');
    await vault.eraseRecipient(email);
    expect((await vault.decrypt(email, Buffer.alloc(0))).state).toBe('erased');
  });
});

describe('erasing a contract', () => {
  it('answers erased from the fence on, with its time and revision', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, email, anna);
    const { fenceRevision, fencedAt } = await vault.fence('c1');
    const erased = { state: 'erased', erasedAt: fencedAt, fenceRevision };
    expect(await vault.decrypt(email, ciphertext)).toEqual(erased);
    expect(await vault.encrypt(email, anna)).toEqual(erased);
    expect(await vault.encryptMany([{ reference: email, plaintext: anna }])).toEqual([erased]);
    expect(await vault.openDataSet({ contractId: 'c1', dataSetId: 'd9' })).toEqual(erased);
    expect(await vault.blindIndex(email, [anna])).toEqual(erased);
    expect(await vault.manifestDigest(email, [anna])).toEqual(erased);
    expect(await vault.keyState(email)).toEqual(erased);
    expect(await vault.rotateContractKey(email)).toEqual(erased);
    expect(await vault.rotateDataSetKey(email)).toEqual(erased);
  });

  it('reports the keys that were counted before, and the same facts when it is repeated', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    for (const recipientId of ['r1', 'r2', 'r3']) await ciphertextOf(vault, { ...email, recipientId }, anna);
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
    const ciphertext = await ciphertextOf(vault, email, anna);
    await expect(vault.destroyContractKeys('c1')).rejects.toMatchObject({ code: 'not-fenced' });
    expect((await vault.decrypt(email, ciphertext)).state).toBe('decrypted');
  });

  it('takes as many calls of the key store for a thousand recipients as for one', async () => {
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
          reference: { ...email, recipientId: `r${index}` },
          plaintext: anna,
        })),
      );
      calls.splice(0);
      await vault.fence('c1');
      await vault.destroyContractKeys('c1');
      return calls;
    };
    expect(await callsFor(1)).toEqual(['fence', 'destroy']);
    expect(await callsFor(1000)).toEqual(['fence', 'destroy']);
  });

  it('needs the contract key alone: all keys beneath, kept by somebody, open nothing', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertext = await ciphertextOf(vault, email, anna);
    const before = memory.read(['c1', 'd1', 'r1']);
    const [, dataSetKey, recipientKey] = before.state === 'active' ? before.chain : [];
    await vault.fence('c1');
    await vault.destroyContractKeys('c1');

    // Somebody kept the lower keys, and puts them into a new key store under a contract key of the same id.
    const stolen = new KeyMemory();
    await openVault(stolen).openDataSet({ contractId: 'c1', dataSetId: 'other' });
    stolen.create([
      { path: ['c1', 'd1'], wrapped: dataSetKey!.wrapped, parentGeneration: 1 },
      { path: ['c1', 'd1', 'r1'], wrapped: recipientKey!.wrapped, parentGeneration: 1 },
    ]);
    expect(await codeOf(openVault(stolen).decrypt(email, ciphertext))).toBe('key-not-authentic');
  });
});

describe('erasing one recipient or one data set', () => {
  it('leaves everything else readable', async () => {
    const vault = openVault();
    const other = { ...email, recipientId: 'r2' };
    const elsewhere = { ...email, dataSetId: 'd2' };
    const ciphertexts = [];
    for (const reference of [email, other, elsewhere])
      ciphertexts.push(await ciphertextOf(vault, reference, anna));
    expect((await vault.eraseRecipient(email)).keysDestroyedByLevel).toEqual({
      contracts: 0,
      dataSets: 0,
      recipients: 1,
    });
    expect((await vault.decrypt(email, ciphertexts[0]!)).state).toBe('erased');
    expect(await plaintextOf(vault, other, ciphertexts[1]!)).toEqual(anna);
    expect((await vault.eraseDataSet(email)).keysDestroyedByLevel).toEqual({
      contracts: 0,
      dataSets: 1,
      recipients: 1,
    });
    expect((await vault.decrypt(other, ciphertexts[1]!)).state).toBe('erased');
    expect(await plaintextOf(vault, elsewhere, ciphertexts[2]!)).toEqual(anna);
  });

  it('never erases a whole data set for want of a recipient id', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, email, anna);
    const lost = { contractId: 'c1', dataSetId: 'd1' } as FieldReference;
    expect(await codeOf(vault.eraseRecipient(lost))).toBe('invalid-reference');
    expect((await vault.decrypt(email, ciphertext)).state).toBe('decrypted');
  });
});

describe('freezing a contract', () => {
  it('ends encryption and new keys, while decryption and digests go on', async () => {
    const vault = openVault();
    const ciphertext = await ciphertextOf(vault, email, anna);
    const { frozenAt } = await vault.freeze('c1');
    const frozen = { state: 'frozen', frozenAt };
    expect(await vault.encrypt(email, anna)).toEqual(frozen);
    expect(await vault.encrypt({ ...email, recipientId: 'r2' }, anna)).toEqual(frozen);
    expect(await vault.encrypt({ ...email, dataSetId: 'd2' }, anna)).toEqual(frozen);
    expect(await vault.encryptMany([{ reference: email, plaintext: anna }])).toEqual([frozen]);
    expect(await vault.openDataSet(email)).toEqual(frozen);
    expect(await plaintextOf(vault, email, ciphertext)).toEqual(anna);
    expect((await vault.blindIndex(email, [anna])).state).toBe('indexed');
    expect(await vault.keyState(email)).toEqual({ state: 'active', frozenAt });
    expect(await vault.keyState({ ...email, recipientId: 'r2' })).toEqual({ state: 'never-known' });
    expect(await vault.freeze('c1')).toEqual({ frozenAt });
    expect((await vault.encrypt({ ...email, contractId: 'c2' }, anna)).state).toBe('encrypted');
  });
});

describe('encrypting many values', () => {
  it('answers each in its place, across data sets and contracts, with several fields of one recipient', async () => {
    const vault = openVault();
    await vault.fence('c3');
    const references: readonly FieldReference[] = [
      { ...email, recipientId: 'r2' },
      { ...email, contractId: 'c2' },
      { ...email, contractId: 'c3' },
      { ...email, recipientId: 'r2', field: 'phone' },
      { ...email, dataSetId: 'd2' },
    ];
    await ciphertextOf(vault, references[0]!, anna);
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
    await vault.openDataSet(email);
    creations = 0;
    const answers = await vault.encryptMany(
      Array.from({ length: 10_000 }, (_, index) => ({
        reference: { ...email, recipientId: `r${index}` },
        plaintext: anna,
      })),
    );
    expect(answers.every(({ state }) => state === 'encrypted')).toBe(true);
    expect(creations).toBe(1);
  });
});

describe('keyed digests', () => {
  const indexOf = async (vault: Vault, reference: FieldReference, value: Uint8Array): Promise<string> => {
    const answer = await vault.blindIndex(reference, [value]);
    return answer.state === 'indexed' ? Buffer.from(answer.indexes[0]!).toString('hex') : answer.state;
  };

  it('index equal values equally within a data set and field, and nowhere else', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const elsewhere = { ...email, dataSetId: 'd2' };
    await vault.openDataSet(email);
    await vault.openDataSet(elsewhere);
    const index = await indexOf(vault, email, anna);
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(await indexOf(openVault(memory), email, anna)).toBe(index);
    expect(await indexOf(vault, { ...email, field: 'phone' }, anna)).not.toBe(index);
    expect(await indexOf(vault, elsewhere, anna)).not.toBe(index);
    expect(await indexOf(vault, email, Buffer.from('Anna@example.com'))).not.toBe(index);
  });

  it('need a data set whose key is known', async () => {
    const vault = openVault();
    expect(await codeOf(vault.blindIndex(email, [anna]))).toBe('key-never-known');
    expect(await codeOf(vault.manifestDigest(email, [anna]))).toBe('key-never-known');
    expect(await vault.keyState(email)).toEqual({ state: 'never-known' });
  });

  it('of a manifest depend on the entries, their order and where they end', async () => {
    const vault = openVault();
    await vault.openDataSet(email);
    const digestOf = async (...entries: readonly string[]): Promise<string> => {
      const answer = await vault.manifestDigest(
        email,
        entries.map((entry) => Buffer.from(entry)),
      );
      return answer.state === 'digested'
        ? `${answer.entries}:${Buffer.from(answer.digest).toString('hex')}`
        : '';
    };
    const digests = await Promise.all([
      digestOf('a', 'b'),
      digestOf('b', 'a'),
      digestOf('ab'),
      digestOf('ab', ''),
      digestOf('', 'ab'),
      digestOf(),
      digestOf(''),
    ]);
    expect(new Set(digests).size).toBe(digests.length);
    expect(await digestOf('a', 'b')).toBe(digests[0]);
  });

  it('read a manifest from a stream', async () => {
    const vault = openVault();
    await vault.openDataSet(email);
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      for (const entry of ['a', 'b']) yield await Promise.resolve(Buffer.from(entry));
    };
    expect(await vault.manifestDigest(email, stream())).toEqual(
      await vault.manifestDigest(email, [Buffer.from('a'), Buffer.from('b')]),
    );
  });
});

describe('the cache of keys', () => {
  const countingMasterKey = (): { readonly masterKey: MasterKey; readonly unwrapped: () => number } => {
    let calls = 0;
    return {
      masterKey: {
        ...masterKey,
        unwrap: (wrapped, context) => {
          calls += 1;
          return masterKey.unwrap(wrapped, context);
        },
      },
      unwrapped: () => calls,
    };
  };

  it('asks the master key once, however many operations begin at the same time', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), email, anna);
    const { masterKey: counting, unwrapped } = countingMasterKey();
    const vault = openVault(memory, { masterKey: counting });
    await Promise.all(Array.from({ length: 50 }, () => plaintextOf(vault, email, ciphertext)));
    await plaintextOf(vault, email, ciphertext);
    expect(unwrapped()).toBe(1);
  });

  it('survives fences elsewhere, and does not survive its own', async () => {
    const memory = new KeyMemory();
    const { masterKey: counting, unwrapped } = countingMasterKey();
    const vault = openVault(memory, { masterKey: counting });
    const ciphertext = await ciphertextOf(vault, email, anna);
    await openVault(memory).fence('c2');
    await openVault(memory).eraseRecipient({ ...email, recipientId: 'r2' });
    const before = unwrapped();
    expect(await plaintextOf(vault, email, ciphertext)).toEqual(anna);
    expect(unwrapped()).toBe(before);
    await openVault(memory).fence('c1');
    expect((await vault.decrypt(email, ciphertext)).state).toBe('erased');
  });

  it('drops what another process erased when it is told to look', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    await ciphertextOf(vault, email, anna);
    await ciphertextOf(vault, { ...email, contractId: 'c2' }, anna);
    expect(await vault.evictErasedKeys()).toBe(0);
    await openVault(memory).fence('c1');
    expect(await vault.evictErasedKeys()).toBe(3);
    expect(await vault.evictErasedKeys()).toBe(0);
  });

  it('may hold no key at all', async () => {
    const vault = openVault(new KeyMemory(), { cachedKeysMax: 0 });
    expect(await plaintextOf(vault, email, await ciphertextOf(vault, email, anna))).toEqual(anna);
  });
});

describe('a closed vault', () => {
  it('refuses every call', async () => {
    const vault = openVault();
    await ciphertextOf(vault, email, anna);
    vault.close();
    vault.close();
    expect(await codeOf(vault.encrypt(email, anna))).toBe('vault-closed');
    expect(await codeOf(vault.fence('c1'))).toBe('vault-closed');
  });
});

describe('wrapped keys', () => {
  it('cannot change places in the key store', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const ciphertext = await ciphertextOf(vault, email, anna);
    await ciphertextOf(vault, { ...email, recipientId: 'r2' }, anna);
    await ciphertextOf(vault, { ...email, contractId: 'c2' }, anna);
    const wrappedAt = (...path: readonly [string]): Uint8Array => {
      const reading = memory.read(path);
      return reading.state === 'active' ? reading.chain.at(-1)!.wrapped : Buffer.alloc(0);
    };
    const r1 = wrappedAt(...(['c1', 'd1', 'r1'] as unknown as [string]));
    memory.replace([{ path: ['c1', 'd1', 'r2'], wrapped: r1, expectedGeneration: 1 }]);
    const moved = openVault(memory).decrypt({ ...email, recipientId: 'r2' }, ciphertext);
    expect(await codeOf(moved)).toBe('key-not-authentic');
    memory.replace([{ path: ['c2'], wrapped: wrappedAt('c1'), expectedGeneration: 1 }]);
    const contractMoved = openVault(memory).decrypt({ ...email, contractId: 'c2' }, ciphertext);
    expect(await codeOf(contractMoved)).toBe('key-not-authentic');
  });

  it('need the master key under which they were wrapped', async () => {
    const memory = new KeyMemory();
    const ciphertext = await ciphertextOf(openVault(memory), email, anna);
    const another = masterKeyFromBytes(Buffer.from('c'.repeat(16) + 'd'.repeat(16)));
    expect(await codeOf(openVault(memory, { masterKey: another }).decrypt(email, ciphertext))).toBe(
      'master-key-unknown',
    );
    const impostor = { ...another, keyId: masterKey.keyId };
    expect(await codeOf(openVault(memory, { masterKey: impostor }).decrypt(email, ciphertext))).toBe(
      'key-not-authentic',
    );
  });
});
