import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import { interruptKeyStore } from './testing/interrupted-key-store';
import { ANNA, ciphertextOf, EMAIL, openVault } from './testing/vault-scenery';
import type { Vault } from './vault';

/**
 * An import of one recipient, while the same process erases somebody in the same data set each time the key store has
 * answered about a key: neighbours at first, and at the given answer the recipient itself.
 */
const importAmongErasures = async (erasedAtAnswer: number): Promise<string> => {
  const memory = new KeyMemory();
  await ciphertextOf(openVault(memory), EMAIL);
  let answers = 0;
  const vault: Vault = openVault(memory, {
    keyStore: interruptKeyStore(createInMemoryKeyStore(memory), {
      after: async (operation) => {
        if (operation !== 'read') return;
        answers += 1;
        if (answers > erasedAtAnswer) return;
        const recipientId = answers === erasedAtAnswer ? EMAIL.recipientId : `neighbour-${answers}`;
        await vault.eraseRecipient({ ...EMAIL, recipientId });
      },
    }),
  });
  const [answer] = await vault.encryptMany([{ reference: EMAIL, plaintext: ANNA }]);
  return answer!.state;
};

describe('an import in a data set where recipients are erased all the time', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'gives no ciphertext of a recipient who is erased when the key store has answered for the %i. time',
    async (erasedAtAnswer) => {
      expect(await importAmongErasures(erasedAtAnswer)).toBe('erased');
    },
  );
});
