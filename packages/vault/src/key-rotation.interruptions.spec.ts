import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { parentOf } from './key-path';
import type { KeyStore } from './key-store';
import type { FieldReference } from './reference';
import { interruptKeyStore } from './testing/interrupted-key-store';
import { readAll, rotatingVault, stockUp } from './testing/rotation-scenery';
import type { Stock } from './testing/rotation-scenery';
import { ANNA, chainAt, openVault, OTHER_MASTER_KEY } from './testing/vault-scenery';
import type { Vault } from './vault';

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
          const broken = rotatingVault(memory, {
            keyStore: breakingAt(createInMemoryKeyStore(memory), call, side),
          });
          await rotateAll(broken).catch((error: unknown) => {
            expect(error).toMatchObject({ message: 'power cut' });
          });
          await readAll(rotatingVault(memory), stock);
          await rotateAll(rotatingVault(memory));
          await readAll(openVault(memory, { masterKey: OTHER_MASTER_KEY }), stock);
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
    await expect(openVault(memory, { keyStore }).rotateContractKey({ contractId: 'c1' })).rejects.toThrow(
      'power cut',
    );
    const vault = openVault(memory);
    expect(chainAt(memory, ['c1'])[0]?.generation).toBe(2);
    expect(await vault.rotateContractKey({ contractId: 'c1' })).toEqual({
      state: 'rotated',
      keysRewrapped: 2,
    });
    expect(chainAt(memory, ['c1'])[0]?.generation).toBe(3);
  });
});

describe('a rotation that is overtaken by others', () => {
  it('looks again when it finds keys under a version it does not know', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const other = openVault(memory);
    let isOvertaken = false;
    const keyStore = interruptKeyStore(createInMemoryKeyStore(memory), {
      before: async (operation) => {
        if (operation !== 'listKeys' || isOvertaken) return;
        isOvertaken = true;
        // The first call finishes what was begun, the second gives the keys a version that came later.
        await other.rotateContractKey({ contractId: 'c1' });
        await other.rotateContractKey({ contractId: 'c1' });
      },
    });
    const overtaken = openVault(memory, { keyStore });
    expect(await overtaken.rotateContractKey({ contractId: 'c1' })).toEqual({
      state: 'rotated',
      keysRewrapped: 0,
    });
    await readAll(openVault(memory), stock);
  });
});

describe('rotations and encryption at the same time in several processes', () => {
  const race = async (scheduler: fc.Scheduler, mutate: (store: KeyStore) => KeyStore): Promise<void> => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const open = (): Vault =>
      rotatingVault(memory, {
        keyStore: interruptKeyStore(mutate(createInMemoryKeyStore(memory)), {
          before: async (operation) => {
            await scheduler.schedule(Promise.resolve(), operation);
          },
          after: async (operation) => {
            await scheduler.schedule(Promise.resolve(), `answer to ${operation}`);
          },
        }),
      });
    const vaults = [open(), open(), open()] as const;
    const added: FieldReference[] = [
      { contractId: 'c1', dataSetId: 'd1', recipientId: 'new1', field: 'email' },
      { contractId: 'c1', dataSetId: 'd9', recipientId: 'new2', field: 'email' },
    ];
    const bulk: FieldReference = { contractId: 'c1', dataSetId: 'd1', recipientId: 'new3', field: 'email' };
    const encryptions = Promise.all([
      ...added.map((reference) => vaults[0].encrypt(reference, ANNA)),
      vaults[1].encryptMany([{ reference: bulk, plaintext: ANNA }]).then((answers) => answers[0]!),
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
    await readAll(openVault(memory, { masterKey: OTHER_MASTER_KEY }), [...stock, ...made]);
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
          const parent = parentOf(key.path);
          const reading = parent === null ? null : await store.read(parent);
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
