import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import { masterKeyFromBytes } from './master-key';
import type { FieldReference } from './reference';
import { createVault } from './vault';
import type { Vault } from './vault';
import { isVaultError } from './vault-error';

const OLD = masterKeyFromBytes(Buffer.from('a'.repeat(16) + 'b'.repeat(16)));
const NEW = masterKeyFromBytes(Buffer.from('c'.repeat(16) + 'd'.repeat(16)));

type Step =
  | {
      readonly type: 'encrypt' | 'encryptMany' | 'decrypt';
      readonly at: FieldReference;
      readonly vault: number;
    }
  | {
      readonly type: 'freeze' | 'fence' | 'destroy' | 'rotateContract';
      readonly at: FieldReference;
      readonly vault: number;
    }
  | {
      readonly type: 'eraseRecipient' | 'eraseDataSet' | 'rotateDataSet';
      readonly at: FieldReference;
      readonly vault: number;
    }
  | { readonly type: 'rotateMaster' | 'evict'; readonly at: FieldReference; readonly vault: number };

const reference: fc.Arbitrary<FieldReference> = fc.record({
  contractId: fc.constantFrom('a', 'ab'),
  dataSetId: fc.constantFrom('b', 'c'),
  recipientId: fc.constantFrom('r', 's'),
  field: fc.constantFrom('email', 'phone'),
});

const usual = ['encrypt', 'encryptMany', 'decrypt', 'decrypt', 'encrypt', 'decrypt'] as const;
const rare = [
  ...(['freeze', 'fence', 'destroy', 'eraseRecipient', 'eraseDataSet'] as const),
  ...(['rotateContract', 'rotateDataSet', 'rotateMaster', 'evict'] as const),
] as const;

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    type: fc.oneof(
      { arbitrary: fc.constantFrom(...usual), weight: 5 },
      { arbitrary: fc.constantFrom(...rare), weight: 2 },
    ),
    at: reference,
    vault: fc.nat({ max: 1 }),
  }) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 40 },
);

/** What must be true, in a few sets of strings: which keys were ever created, which places are fenced or frozen. */
class Model {
  readonly known = new Set<string>();
  readonly fenced = new Set<string>();
  readonly frozen = new Set<string>();

  placesOf({ contractId, dataSetId, recipientId }: FieldReference): readonly string[] {
    return [contractId, `${contractId}/${dataSetId}`, `${contractId}/${dataSetId}/${recipientId}`];
  }

  stateOf(at: FieldReference): 'never-known' | 'active' | 'erased' {
    const places = this.placesOf(at);
    if (places.some((place) => this.fenced.has(place))) return 'erased';
    return this.known.has(places[2]!) ? 'active' : 'never-known';
  }

  encryptionOf(at: FieldReference): 'encrypted' | 'erased' | 'frozen' {
    if (this.stateOf(at) === 'erased') return 'erased';
    return this.frozen.has(at.contractId) ? 'frozen' : 'encrypted';
  }

  rotationOf(place: string, at: FieldReference): string {
    const above = this.placesOf(at).filter((each) => place.startsWith(each));
    if (above.some((each) => this.fenced.has(each))) return 'erased';
    return this.known.has(place) ? 'rotated' : 'key-never-known';
  }
}

interface Secret {
  readonly at: FieldReference;
  readonly plaintext: string;
  readonly ciphertext: Uint8Array;
}

const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    const answer = (await work) as { readonly state?: string };
    return answer.state ?? 'done';
  } catch (error) {
    if (isVaultError(error)) return error.code;
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
};

class Run {
  readonly #vaults: readonly Vault[];
  readonly #model = new Model();
  readonly #secrets: Secret[] = [];
  #number = 0;

  constructor(mutate: (store: KeyStore) => KeyStore) {
    const memory = new KeyMemory();
    const open = (cachedKeysMax: number): Vault =>
      createVault({
        keyStore: mutate(createInMemoryKeyStore(memory)),
        masterKey: NEW,
        previousMasterKeys: [OLD],
        clock: () => '2026-03-29T06:00:00.000Z',
        cachedKeysMax,
      });
    this.#vaults = [open(100), open(2)];
  }

  async step({ type, at, vault: index }: Step): Promise<void> {
    const vault = this.#vaults[index]!;
    const [contract, dataSet, recipient] = this.#model.placesOf(at) as [string, string, string];
    switch (type) {
      case 'encrypt':
      case 'encryptMany':
        return this.#encrypt(vault, type, at);
      case 'decrypt':
        return this.#decryptAll(vault);
      case 'freeze':
        this.#model.frozen.add(contract);
        return void (await vault.freeze(contract));
      case 'fence':
        this.#model.fenced.add(contract);
        return void (await vault.fence(contract));
      case 'destroy':
        return expect(await outcomeOf(vault.destroyContractKeys(contract))).toBe(
          this.#model.fenced.has(contract) ? 'done' : 'not-fenced',
        );
      case 'eraseRecipient':
        this.#model.fenced.add(recipient);
        return void (await vault.eraseRecipient(at));
      case 'eraseDataSet':
        this.#model.fenced.add(dataSet);
        return void (await vault.eraseDataSet(at));
      case 'rotateContract':
        return expect(await outcomeOf(vault.rotateContractKey(at))).toBe(
          this.#model.rotationOf(contract, at),
        );
      case 'rotateDataSet':
        return expect(await outcomeOf(vault.rotateDataSetKey(at))).toBe(this.#model.rotationOf(dataSet, at));
      case 'rotateMaster':
        return void (await vault.rotateMasterKey());
      case 'evict':
        return void (await vault.evictErasedKeys());
    }
  }

  async #encrypt(vault: Vault, type: 'encrypt' | 'encryptMany', at: FieldReference): Promise<void> {
    this.#number += 1;
    const plaintext = `value ${this.#number}`;
    const bytes = Buffer.from(plaintext);
    const expected = this.#model.encryptionOf(at);
    const answer =
      type === 'encrypt'
        ? await vault.encrypt(at, bytes)
        : (await vault.encryptMany([{ reference: at, plaintext: bytes }]))[0]!;
    expect(answer.state).toBe(expected);
    if (answer.state !== 'encrypted') return;
    for (const place of this.#model.placesOf(at)) this.#model.known.add(place);
    this.#secrets.push({ at, plaintext, ciphertext: answer.ciphertext });
  }

  /** Everything that was ever encrypted, and every place where nothing was. */
  async #decryptAll(vault: Vault): Promise<void> {
    for (const { at, plaintext, ciphertext } of this.#secrets) {
      const answer = await vault.decrypt(at, ciphertext);
      const expected = this.#model.stateOf(at);
      expect(answer.state).toBe(expected === 'active' ? 'decrypted' : expected);
      if (answer.state === 'decrypted') expect(Buffer.from(answer.plaintext).toString()).toBe(plaintext);
    }
    for (const contractId of ['a', 'ab', 'never']) {
      for (const dataSetId of ['b', 'c']) {
        for (const recipientId of ['r', 's']) {
          const at = { contractId, dataSetId, recipientId };
          expect((await vault.keyState(at)).state).toBe(this.#model.stateOf({ ...at, field: 'email' }));
        }
      }
    }
  }

  async end(): Promise<void> {
    for (const vault of this.#vaults) await this.#decryptAll(vault);
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
    ['does not notice the fences of others', (store) => ({ ...store, revision: () => Promise.resolve(0) })],
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
  ])('would be caught if the key store %s', async (_title, mutate) => {
    await expect(assertVaultsFollowTheModel(mutate, 500)).rejects.toThrow(/seed/);
  });
});
