import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { interruptKeyStore } from './testing/interrupted-key-store';
import type { Interruptions } from './testing/interrupted-key-store';
import { ANNA, ciphertextOf, EMAIL, openVault } from './testing/vault-scenery';
import type { Vault } from './vault';

const stranger = { ...EMAIL, recipientId: 'r2' };

interface Import {
  readonly with: 'a recipient who is new' | 'nobody else';
  readonly erasedBy: 'another process' | 'the same process';
  /** Which call of the key store the erasure overtakes. */
  readonly call: number;
}

/**
 * An import of a recipient whose key is in the cache. The recipient is erased before the key store gets the call, or, by
 * the same process, also while its answer is on the way: another process's fence cannot be known by then.
 */
const importAmongErasures = async ({ with: others, erasedBy, call }: Import) => {
  const memory = new KeyMemory();
  let calls = 0;
  let isWatched = false;
  const eraseAtCall = async (): Promise<void> => {
    if (!isWatched) return;
    calls += 1;
    if (calls !== call) return;
    isWatched = false;
    await (erasedBy === 'the same process' ? vault : openVault(memory)).eraseRecipient(EMAIL);
  };
  const side: keyof Interruptions = erasedBy === 'the same process' ? 'after' : 'before';
  const vault: Vault = openVault(memory, {
    keyStore: interruptKeyStore(createInMemoryKeyStore(memory), { [side]: eraseAtCall }),
  });
  await ciphertextOf(vault, EMAIL);
  isWatched = true;
  const references = others === 'nobody else' ? [EMAIL] : [EMAIL, stranger];
  const answers = await vault.encryptMany(references.map((reference) => ({ reference, plaintext: ANNA })));
  return { isErased: !isWatched, states: answers.map(({ state }) => state) };
};

/** From the first call to the first that does not come any more. */
const importsErasedAtEachCall = async (those: Omit<Import, 'call'>) => {
  const states: (readonly string[])[] = [];
  for (let call = 1; ; call += 1) {
    const { isErased, states: found } = await importAmongErasures({ ...those, call });
    if (!isErased) return { states, untouched: found };
    states.push(found);
  }
};

describe.each(['another process', 'the same process'] as const)('an erasure by %s', (erasedBy) => {
  it('reaches a value under a key from the cache, whichever call of the key store it overtakes', async () => {
    const { states, untouched } = await importsErasedAtEachCall({ with: 'nobody else', erasedBy });
    expect(untouched).toEqual(['encrypted']);
    expect(states).toEqual([['erased'], ['erased']]);
  });

  it('reaches it also beside a recipient who is new, and leaves that one alone', async () => {
    const { states, untouched } = await importsErasedAtEachCall({ with: 'a recipient who is new', erasedBy });
    expect(untouched).toEqual(['encrypted', 'encrypted']);
    expect(states.length).toBeGreaterThan(3);
    for (const each of states) expect(each).toEqual(['erased', 'encrypted']);
  });
});
