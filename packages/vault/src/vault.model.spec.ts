import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import type { FieldReference } from './reference';
import { fenceAfterDestruction } from './testing/wrong-erasures';
import { dataSetOf, recipientOf, VaultModel } from './testing/vault-model';
import { MASTER_KEY, openVault, OTHER_MASTER_KEY, outcomeOf } from './testing/vault-scenery';
import type { Vault } from './vault';

const USUAL = ['encrypt', 'encryptMany', 'decrypt'] as const;
const RARE = [
  ...(['freeze', 'fence', 'destroy', 'eraseRecipient', 'eraseDataSet'] as const),
  ...(['rotateContract', 'rotateDataSet', 'rotateMaster', 'evict'] as const),
] as const;

interface Step {
  readonly type: (typeof USUAL)[number] | (typeof RARE)[number];
  readonly at: FieldReference;
  /** Which of the two processes does it. */
  readonly process: number;
}

const reference: fc.Arbitrary<FieldReference> = fc.record({
  contractId: fc.constantFrom('a', 'ab'),
  dataSetId: fc.constantFrom('b', 'c'),
  recipientId: fc.constantFrom('r', 's'),
  field: fc.constantFrom('email', 'phone'),
});

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    type: fc.oneof(
      { arbitrary: fc.constantFrom(...USUAL), weight: 5 },
      { arbitrary: fc.constantFrom(...RARE), weight: 2 },
    ),
    at: reference,
    process: fc.nat({ max: 1 }),
  }),
  { minLength: 5, maxLength: 40 },
);

const EVERYWHERE: readonly FieldReference[] = ['a', 'ab', 'never'].flatMap((contractId) =>
  ['b', 'c'].flatMap((dataSetId) =>
    ['r', 's'].map((recipientId) => ({ contractId, dataSetId, recipientId, field: 'email' })),
  ),
);

interface Secret {
  readonly at: FieldReference;
  readonly plaintext: string;
  readonly ciphertext: Uint8Array;
}

/** Two vaults on one key store, beside the model. */
class Run {
  readonly #vaults: readonly Vault[];
  readonly #model = new VaultModel();
  readonly #secrets: Secret[] = [];

  constructor(mutate: (store: KeyStore) => KeyStore) {
    const memory = new KeyMemory();
    this.#vaults = [100, 2].map((cachedKeysMax) =>
      openVault(memory, {
        keyStore: mutate(createInMemoryKeyStore(memory)),
        masterKey: OTHER_MASTER_KEY,
        previousMasterKeys: [MASTER_KEY],
        cachedKeysMax,
      }),
    );
  }

  /** What the vault answered and what the model expects. */
  readonly #actions: Record<
    Step['type'],
    (at: FieldReference, vault: Vault) => Promise<readonly [string, string]>
  > = {
    encrypt: async (at, vault) => this.#encrypt(at, (bytes) => vault.encrypt(at, bytes)),
    encryptMany: async (at, vault) =>
      this.#encrypt(at, async (plaintext) => (await vault.encryptMany([{ reference: at, plaintext }]))[0]!),
    decrypt: async (_at, vault) => this.#compareEverything(vault).then(() => ['', '']),
    freeze: async ({ contractId }, vault) => {
      this.#model.frozen.add(contractId);
      return [await outcomeOf(vault.freeze(contractId)), 'done'];
    },
    fence: async ({ contractId }, vault) => {
      this.#model.fenced.add(contractId);
      return [await outcomeOf(vault.fence(contractId)), 'done'];
    },
    destroy: async ({ contractId }, vault) => [
      await outcomeOf(vault.destroyContractKeys(contractId)),
      this.#model.fenced.has(contractId) ? 'done' : 'not-fenced',
    ],
    eraseRecipient: async (at, vault) => {
      this.#model.fenced.add(recipientOf(at));
      return [await outcomeOf(vault.eraseRecipient(at)), 'done'];
    },
    eraseDataSet: async (at, vault) => {
      this.#model.fenced.add(dataSetOf(at));
      return [await outcomeOf(vault.eraseDataSet(at)), 'done'];
    },
    rotateContract: async (at, vault) => [
      await outcomeOf(vault.rotateContractKey(at)),
      this.#model.rotationOf(at.contractId),
    ],
    rotateDataSet: async (at, vault) => [
      await outcomeOf(vault.rotateDataSetKey(at)),
      this.#model.rotationOf(dataSetOf(at)),
    ],
    rotateMaster: async (_at, vault) => [await outcomeOf(vault.rotateMasterKey()), 'rotated'],
    evict: async (_at, vault) => [await outcomeOf(vault.evictErasedKeys()), 'done'],
  };

  async step({ type, at, process }: Step): Promise<void> {
    const [answer, expected] = await this.#actions[type](at, this.#vaults[process]!);
    expect(answer).toBe(expected);
  }

  async end(): Promise<void> {
    for (const vault of this.#vaults) await this.#compareEverything(vault);
  }

  async #encrypt(
    at: FieldReference,
    encrypt: (bytes: Uint8Array) => ReturnType<Vault['encrypt']>,
  ): Promise<readonly [string, string]> {
    const expected = this.#model.encryptionOf(at);
    const plaintext = `value ${this.#secrets.length}`;
    const answer = await encrypt(Buffer.from(plaintext));
    if (answer.state === 'encrypted') {
      this.#model.encrypted(at);
      this.#secrets.push({ at, plaintext, ciphertext: answer.ciphertext });
    }
    return [answer.state, expected];
  }

  /** Everything that was ever encrypted, and the state of every key, also where there never was one. */
  async #compareEverything(vault: Vault): Promise<void> {
    for (const { at, plaintext, ciphertext } of this.#secrets) {
      const answer = await vault.decrypt(at, ciphertext);
      const found = answer.state === 'decrypted' ? Buffer.from(answer.plaintext).toString() : answer.state;
      expect(found).toBe(this.#model.stateOf(at) === 'active' ? plaintext : 'erased');
    }
    for (const at of EVERYWHERE) expect((await vault.keyState(at)).state).toBe(this.#model.stateOf(at));
  }
}

const assertVaultsFollowTheModel = (mutate: (store: KeyStore) => KeyStore, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const run = new Run(mutate);
      for (const step of all) await run.step(step);
      await run.end();
    }),
    { numRuns },
  );

describe('two vaults on one key store, in any sequence of operations', () => {
  it('tell never known, active and erased apart, never turn back from erased, and lose nothing by rotation', async () => {
    await assertVaultsFollowTheModel((store) => store, 150);
  });

  it.each<[string, (store: KeyStore) => KeyStore]>([
    ['does not tell of the fences of others', (store) => ({ ...store, revision: () => Promise.resolve(0) })],
    [
      'answers never-known for erased',
      (store) => ({
        ...store,
        read: async (path) => {
          const reading = await store.read(path);
          return reading.state === 'erased' ? { state: 'never-known' } : reading;
        },
      }),
    ],
    [
      'forgets freezes',
      (store) => ({ ...store, freeze: (contractId, at) => Promise.resolve({ contractId, frozenAt: at }) }),
    ],
    ['writes its fences only when it destroys', fenceAfterDestruction],
  ])('would be caught if the key store %s', async (_title, mutate) => {
    await expect(assertVaultsFollowTheModel(mutate, 500)).rejects.toThrow(/seed/);
  });
});
