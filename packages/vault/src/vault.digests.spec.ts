import { describe, expect, it } from '@jest/globals';
import { KeyMemory } from './key-memory';
import type { FieldReference } from './reference';
import type { Vault } from './vault';
import { ANNA, EMAIL, openVault, outcomeOf } from './testing/vault-scenery';

describe('keyed digests', () => {
  const indexOf = async (vault: Vault, reference: FieldReference, value: Uint8Array): Promise<string> => {
    const answer = await vault.blindIndex(reference, [value]);
    return answer.state === 'indexed' ? Buffer.from(answer.indexes[0]!).toString('hex') : answer.state;
  };

  it('index equal values equally within a data set and field, and nowhere else', async () => {
    const memory = new KeyMemory();
    const vault = openVault(memory);
    const elsewhere = { ...EMAIL, dataSetId: 'd2' };
    await vault.openDataSet(EMAIL);
    await vault.openDataSet(elsewhere);
    const index = await indexOf(vault, EMAIL, ANNA);
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(await indexOf(openVault(memory), EMAIL, ANNA)).toBe(index);
    expect(await indexOf(vault, { ...EMAIL, field: 'phone' }, ANNA)).not.toBe(index);
    expect(await indexOf(vault, elsewhere, ANNA)).not.toBe(index);
    expect(await indexOf(vault, EMAIL, Buffer.from('Anna@example.com'))).not.toBe(index);
  });

  it('need a data set whose key is known', async () => {
    const vault = openVault();
    expect(await outcomeOf(vault.blindIndex(EMAIL, [ANNA]))).toBe('key-never-known');
    expect(await outcomeOf(vault.manifestDigest(EMAIL, [ANNA]))).toBe('key-never-known');
    expect(await vault.keyState(EMAIL)).toEqual({ state: 'never-known' });
  });

  it('of a manifest depend on the entries, their order and where they end', async () => {
    const vault = openVault();
    await vault.openDataSet(EMAIL);
    const digestOf = async (...entries: readonly string[]): Promise<string> => {
      const answer = await vault.manifestDigest(
        EMAIL,
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
    await vault.openDataSet(EMAIL);
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      for (const entry of ['a', 'b']) yield await Promise.resolve(Buffer.from(entry));
    };
    expect(await vault.manifestDigest(EMAIL, stream())).toEqual(
      await vault.manifestDigest(EMAIL, [Buffer.from('a'), Buffer.from('b')]),
    );
  });
});
