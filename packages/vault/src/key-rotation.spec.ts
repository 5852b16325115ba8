import { describe, expect, it } from '@jest/globals';
import { KeyMemory } from './key-memory';
import { readAll, REFERENCES, rotatingVault, stockUp } from './testing/rotation-scenery';
import { ANNA, chainAt, openVault, OTHER_MASTER_KEY } from './testing/vault-scenery';
import type { Vault } from './vault';

const wrappedBytes = (memory: KeyMemory): ReadonlySet<string> =>
  new Set(memory.storedBytes().map((bytes) => Buffer.from(bytes).toString('hex')));

describe('rotating the master key', () => {
  it('makes the old one unnecessary, and touches no value', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = rotatingVault(memory);
    await readAll(vault, stock);
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 2 });
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 0 });
    await readAll(openVault(memory, { masterKey: OTHER_MASTER_KEY }), stock);
    const withOldOnly = openVault(memory);
    await expect(readAll(withOldOnly, stock)).rejects.toMatchObject({ code: 'master-key-unknown' });
  });

  it('goes through more contracts than one page holds', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    for (let index = 0; index < 401; index += 1) {
      await vault.openDataSet({ contractId: `c${index}`, dataSetId: 'd1' });
    }
    expect(await rotatingVault(memory).rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 401 });
  });

  it('leaves out what is erased', async () => {
    const memory = new KeyMemory();
    await stockUp(memory);
    const vault = rotatingVault(memory);
    await vault.fence('c1');
    expect(await vault.rotateMasterKey()).toEqual({ state: 'rotated', keysRewrapped: 1 });
  });
});

describe('rotating the key of a contract or a data set', () => {
  it('wraps everything below anew, changes no value, and keeps digests', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = openVault(memory);
    const reference = REFERENCES[0]!;
    const digests = async (on: Vault): Promise<unknown> => [
      await on.blindIndex(reference, [ANNA]),
      await on.manifestDigest(reference, [ANNA]),
    ];
    const before = { digests: await digests(vault), wrapped: wrappedBytes(memory) };
    expect(await vault.rotateContractKey({ contractId: 'c1' })).toEqual({
      state: 'rotated',
      keysRewrapped: 2,
    });
    expect(await vault.rotateDataSetKey(reference)).toEqual({ state: 'rotated', keysRewrapped: 3 });
    expect(await digests(openVault(memory))).toEqual(before.digests);
    await readAll(openVault(memory), stock);
    await readAll(vault, stock);
    // The contract, its two data sets, and the three recipients of one of them.
    const after = wrappedBytes(memory);
    expect([...after].filter((bytes) => !before.wrapped.has(bytes))).toHaveLength(6);
    expect(after.size).toBe(before.wrapped.size);
  });

  it('makes the old key useless for what was wrapped anew', async () => {
    const memory = new KeyMemory();
    await stockUp(memory);
    const [oldContractKey] = chainAt(memory, ['c1', 'd1']);
    await openVault(memory).rotateContractKey({ contractId: 'c1' });
    const [, newDataSetKey] = chainAt(memory, ['c1', 'd1']);
    const stolen = new KeyMemory();
    stolen.create([
      { path: ['c1'], wrapped: oldContractKey!.wrapped, parentGeneration: 0 },
      { path: ['c1', 'd1'], wrapped: newDataSetKey!.wrapped, parentGeneration: 1 },
    ]);
    const thief = openVault(stolen);
    await expect(thief.blindIndex(REFERENCES[0]!, [ANNA])).rejects.toMatchObject({
      code: 'key-not-authentic',
    });
  });

  it('can be repeated, also while frozen', async () => {
    const memory = new KeyMemory();
    const stock = await stockUp(memory);
    const vault = openVault(memory);
    await vault.freeze('c1');
    for (let time = 0; time < 3; time += 1) {
      expect((await vault.rotateContractKey({ contractId: 'c1' })).state).toBe('rotated');
      expect((await vault.rotateDataSetKey(REFERENCES[0]!)).state).toBe('rotated');
    }
    await readAll(openVault(memory), stock);
  });

  it('of a key that was never known is an error', async () => {
    const vault = openVault();
    await expect(vault.rotateContractKey({ contractId: 'c1' })).rejects.toMatchObject({
      code: 'key-never-known',
    });
  });

  it('goes through more keys than one page holds', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const references = Array.from({ length: 1201 }, (_, index) => ({
      ...REFERENCES[0]!,
      recipientId: `r${index}`,
    }));
    await vault.encryptMany(references.map((reference) => ({ reference, plaintext: ANNA })));
    expect(await vault.rotateDataSetKey(references[0]!)).toEqual({ state: 'rotated', keysRewrapped: 1201 });
  });
});
