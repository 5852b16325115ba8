import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import { masterKeyFromBytes } from './master-key';
import type { FieldReference } from './reference';
import { interruptKeyStore } from './testing/interrupted-key-store';
import { createVault } from './vault';
import type { Vault } from './vault';

const OLD = masterKeyFromBytes(Buffer.from('a'.repeat(16) + 'b'.repeat(16)));
const NEW = masterKeyFromBytes(Buffer.from('c'.repeat(16) + 'd'.repeat(16)));
const value = Buffer.from('anna@example.com');

const vaultOn = (keyStore: KeyStore, masterKeys = [OLD]): Vault => {
  const [masterKey = OLD, ...previousMasterKeys] = masterKeys;
  return createVault({ keyStore, masterKey, previousMasterKeys, clock: () => '2026-03-29T06:00:00.000Z' });
};

const REFERENCES: readonly FieldReference[] = ['c1', 'c2'].flatMap((contractId) =>
  ['d1', 'd2'].flatMap((dataSetId) =>
    ['r1', 'r2', 'r3'].map((recipientId) => ({ contractId, dataSetId, recipientId, field: 'email' })),
  ),
);

interface Stock {
  readonly reference: FieldReference;
  readonly ciphertext: Uint8Array;
}

const stockUp = async (memory: KeyMemory): Promise<readonly Stock[]> => {
  const answers = await vaultOn(createInMemoryKeyStore(memory)).encryptMany(
    REFERENCES.map((reference) => ({ reference, plaintext: value })),
  );
  return answers.flatMap((answer, index) =>
    answer.state === 'encrypted' ? [{ reference: REFERENCES[index]!, ciphertext: answer.ciphertext }] : [],
  );
};

const expectAllReadable = async (vault: Vault, stock: readonly Stock[]): Promise<void> => {
  for (const { reference, ciphertext } of stock) {
    expect(await vault.decrypt(reference, ciphertext)).toEqual({ state: 'decrypted', plaintext: value });
  }
};

const generationAt = (memory: KeyMemory, path: readonly [string] | readonly [string, string]): number => {
  const reading = memory.read(path);
  return reading.state === 'active' ? reading.chain.at(-1)!.generation : 0;
};

const wrappedBytes = (memory: KeyMemory): ReadonlySet<string> =>
  new Set(memory.storedBytes().map((bytes) => Buffer.from(bytes).toString('hex')));

describe('rotating the master key', () => {
  it('makes the old one unnecessary, and touches no value', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = vaultOn(createInMemoryKeyStore(memory), [NEW, OLD]);
    await expectAllReadable(vault, stock);
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 2 });
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 0 });
    await expectAllReadable(vaultOn(createInMemoryKeyStore(memory), [NEW]), stock);
    const withOldOnly = vaultOn(createInMemoryKeyStore(memory), [OLD]);
    await expect(expectAllReadable(withOldOnly, stock)).rejects.toMatchObject({ code: 'master-key-unknown' });
  });

  it('leaves out what is erased', async () => {
    const memory = new KeyMemory();
    await stockUp(memory);
    const vault = vaultOn(createInMemoryKeyStore(memory), [NEW, OLD]);
    await vault.fence('c1');
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 1 });
  });
});

describe('rotating the key of a contract or a data set', () => {
  it('wraps everything below anew, changes no value, and keeps digests', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = vaultOn(createInMemoryKeyStore(memory));
    const reference = REFERENCES[0]!;
    const digests = async (on: Vault): Promise<unknown> => [
      await on.blindIndex(reference, [value]),
      await on.manifestDigest(reference, [value]),
    ];
    const before = { digests: await digests(vault), wrapped: wrappedBytes(memory) };
    expect(await vault.rotateContractKey({ contractId: 'c1' })).toEqual({
      state: 'rotated',
      keysRewrapped: 2,
    });
    expect(await vault.rotateDataSetKey(reference)).toEqual({ state: 'rotated', keysRewrapped: 3 });
    expect(await digests(vaultOn(createInMemoryKeyStore(memory)))).toEqual(before.digests);
    await expectAllReadable(vaultOn(createInMemoryKeyStore(memory)), stock);
    await expectAllReadable(vault, stock);
    // The contract, its two data sets, and the three recipients of one of them.
    const after = wrappedBytes(memory);
    expect([...after].filter((bytes) => !before.wrapped.has(bytes))).toHaveLength(6);
    expect(after.size).toBe(before.wrapped.size);
  });

  it('makes the old key useless for what was wrapped anew', async () => {
    const memory = new KeyMemory();
    await stockUp(memory);
    const before = memory.read(['c1', 'd1']);
    await vaultOn(createInMemoryKeyStore(memory)).rotateContractKey({ contractId: 'c1' });
    const after = memory.read(['c1', 'd1']);
    const oldContractKey = before.state === 'active' ? before.chain[0]! : undefined;
    const newDataSetKey = after.state === 'active' ? after.chain[1]! : undefined;
    const stolen = new KeyMemory();
    stolen.create([
      { path: ['c1'], wrapped: oldContractKey!.wrapped, parentGeneration: 0 },
      { path: ['c1', 'd1'], wrapped: newDataSetKey!.wrapped, parentGeneration: 1 },
    ]);
    const thief = vaultOn(createInMemoryKeyStore(stolen));
    await expect(thief.blindIndex(REFERENCES[0]!, [value])).rejects.toMatchObject({
      code: 'key-not-authentic',
    });
  });

  it('can be repeated, also while frozen', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = vaultOn(createInMemoryKeyStore(memory));
    await vault.freeze('c1');
    for (let time = 0; time < 3; time += 1) {
      expect((await vault.rotateContractKey({ contractId: 'c1' })).state).toBe('rotated');
      expect((await vault.rotateDataSetKey(REFERENCES[0]!)).state).toBe('rotated');
    }
    await expectAllReadable(vaultOn(createInMemoryKeyStore(memory)), stock);
  });

  it('of a key that was never known is an error', async () => {
    const vault = vaultOn(createInMemoryKeyStore());
    await expect(vault.rotateContractKey({ contractId: 'c1' })).rejects.toMatchObject({
      code: 'key-never-known',
    });
  });

  it('goes through more keys than one page holds', async () => {
    const memory = new KeyMemory();
    const vault = vaultOn(createInMemoryKeyStore(memory));
    const references = Array.from({ length: 1201 }, (_, index) => ({
      ...REFERENCES[0]!,
      recipientId: `r${index}`,
    }));
    await vault.encryptMany(references.map((reference) => ({ reference, plaintext: value })));
    expect(await vault.rotateDataSetKey(references[0]!)).toEqual({ state: 'rotated', keysRewrapped: 1201 });
  });
});

describe('a rotation that is interrupted', () => {
  const rotateAll = async (vault: Vault): Promise<void> => {
    await vault.rotateMasterKey();
    await vault.rotateContractKey({ contractId: 'c1' });
    await vault.rotateDataSetKey({ contractId: 'c1', dataSetId: 'd1' });
  };

  const breakingAt = (store: KeyStore, call: number, side: 'before' | 'after'): KeyStore => {
    let calls = 0;
    const count = (): Promise<void> => {
      calls += 1;
      return calls === call ? Promise.reject(new Error('power cut')) : Promise.resolve();
    };
    return interruptKeyStore(store, { [side]: count });
  };

  it('at any call, before or after it took effect, loses nothing and is finished by calling again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom('before' as const, 'after' as const),
        async (call, side) => {
          const memory = new KeyMemory();
          const stock = await stockUp(memory);
          const broken = vaultOn(breakingAt(createInMemoryKeyStore(memory), call, side), [NEW, OLD]);
          await rotateAll(broken).catch((error: unknown) => {
            expect(error).toMatchObject({ message: 'power cut' });
          });
          await expectAllReadable(vaultOn(createInMemoryKeyStore(memory), [NEW, OLD]), stock);
          await rotateAll(vaultOn(createInMemoryKeyStore(memory), [NEW, OLD]));
          await expectAllReadable(vaultOn(createInMemoryKeyStore(memory), [NEW]), stock);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is finished, not doubled', async () => {
    const memory = new KeyMemory();
    await stockUp(memory);
    // The second call of `replace` is the one that wraps the data sets' keys.
    let replacements = 0;
    const keyStore = interruptKeyStore(createInMemoryKeyStore(memory), {
      before: (operation) => {
        if (operation === 'replace') replacements += 1;
        return replacements === 2 ? Promise.reject(new Error('power cut')) : Promise.resolve();
      },
    });
    await expect(vaultOn(keyStore).rotateContractKey({ contractId: 'c1' })).rejects.toThrow('power cut');
    const vault = vaultOn(createInMemoryKeyStore(memory));
    expect(generationAt(memory, ['c1'])).toBe(2);
    expect(await vault.rotateContractKey({ contractId: 'c1' })).toEqual({
      state: 'rotated',
      keysRewrapped: 2,
    });
    expect(generationAt(memory, ['c1'])).toBe(3);
  });
});

describe('rotations and encryption at the same time in several processes', () => {
  const race = async (scheduler: fc.Scheduler, mutate: (store: KeyStore) => KeyStore): Promise<void> => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const open = (): Vault =>
      vaultOn(
        interruptKeyStore(mutate(createInMemoryKeyStore(memory)), {
          before: async (operation) => {
            await scheduler.schedule(Promise.resolve(), operation);
          },
          after: async (operation) => {
            await scheduler.schedule(Promise.resolve(), `answer to ${operation}`);
          },
        }),
        [NEW, OLD],
      );
    const vaults = [open(), open(), open()] as const;
    const added: FieldReference[] = [
      { contractId: 'c1', dataSetId: 'd1', recipientId: 'new1', field: 'email' },
      { contractId: 'c1', dataSetId: 'd9', recipientId: 'new2', field: 'email' },
    ];
    const bulk: FieldReference = { contractId: 'c1', dataSetId: 'd1', recipientId: 'new3', field: 'email' };
    const encryptions = Promise.all([
      ...added.map((reference) => vaults[0].encrypt(reference, value)),
      vaults[1].encryptMany([{ reference: bulk, plaintext: value }]).then((answers) => answers[0]!),
    ]);
    const rotations = Promise.all([
      vaults[1].rotateContractKey({ contractId: 'c1' }),
      vaults[2].rotateContractKey({ contractId: 'c1' }),
      vaults[2].rotateDataSetKey({ contractId: 'c1', dataSetId: 'd1' }),
      vaults[0].rotateMasterKey(),
    ]);
    await scheduler.waitFor(Promise.all([encryptions, rotations]));
    const made = (await encryptions).map((answer, index): Stock => {
      if (answer.state !== 'encrypted') throw new Error(`expected a ciphertext, found ${answer.state}`);
      return { reference: [...added, bulk][index]!, ciphertext: answer.ciphertext };
    });
    await expectAllReadable(vaultOn(createInMemoryKeyStore(memory), [NEW]), [...stock, ...made]);
  };

  it('lose no key, for any order of calls and answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), (scheduler) => race(scheduler, (store) => store)),
      { numRuns: 150 },
    );
  });

  it('would lose keys if a key could be created under a parent that has changed', async () => {
    const careless = (store: KeyStore): KeyStore => ({
      ...store,
      create: async (keys) => {
        const current = [];
        for (const key of keys) {
          const parent = key.path.slice(0, -1) as [string];
          const reading = parent.length === 0 ? null : await store.read(parent);
          const parentGeneration =
            reading?.state === 'active' ? reading.chain.at(-1)!.generation : key.parentGeneration;
          current.push({ ...key, parentGeneration });
        }
        return store.create(current);
      },
    });
    const property = fc.asyncProperty(fc.scheduler(), (scheduler) => race(scheduler, careless));
    await expect(fc.assert(property, { numRuns: 1000 })).rejects.toThrow(/seed/);
  });
});
