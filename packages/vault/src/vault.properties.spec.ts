import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeParts } from './associated-data';
import { KeyMemory } from './key-memory';
import { KeyRing } from './key-ring';
import type { FieldReference } from './reference';
import { ciphertextOf, openVault, outcomeOf } from './testing/vault-scenery';
import { ValueCipher } from './value-cipher';
import type { Vault } from './vault';

// A small cache, so that eviction happens all the time.
const openSmallVault = (memory = new KeyMemory()): Vault => openVault(memory, { cachedKeysMax: 4 });

// Ids that run into each other when they are joined without care.
const reference: fc.Arbitrary<FieldReference> = fc.record({
  contractId: fc.constantFrom('a', 'ab'),
  dataSetId: fc.constantFrom('b', 'bc', 'c'),
  recipientId: fc.constantFrom('c', 'cd', 'd'),
  field: fc.constantFrom('d', 'email', 'phone'),
});
const plaintext = fc.uint8Array({ maxLength: 40 });

/** Two places that differ in some parts and agree in the others, so that every single part is put to the test. */
const twoPlaces: fc.Arbitrary<readonly [FieldReference, FieldReference]> = fc
  .tuple(
    reference,
    reference,
    fc.subarray(['contractId', 'dataSetId', 'recipientId', 'field'] as const, { minLength: 1 }),
  )
  .map(
    ([mine, other, parts]) =>
      [mine, { ...mine, ...Object.fromEntries(parts.map((part) => [part, other[part]])) }] as const,
  )
  .filter(([mine, yours]) => nameOf(mine) !== nameOf(yours));

const nameOf = ({ contractId, dataSetId, recipientId, field }: FieldReference): string =>
  [contractId, dataSetId, recipientId, field].join('/');

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a ciphertext', () => {
  it('is authentic nowhere but at its own contract, data set, recipient and field', async () => {
    await fc.assert(
      fc.asyncProperty(twoPlaces, plaintext, async ([mine, yours], value) => {
        const vault = openSmallVault();
        const ciphertext = await ciphertextOf(vault, mine, value);
        await ciphertextOf(vault, yours, value);
        expect(await outcomeOf(vault.decrypt(yours, ciphertext))).toBe('not-authentic');
        expect(await outcomeOf(vault.decrypt(mine, ciphertext))).toBe('decrypted');
      }),
    );
  });

  it('is bound to its place even under one and the same key', () => {
    fc.assert(
      fc.property(twoPlaces, plaintext, ([mine, yours], value) => {
        const ring = KeyRing.create('recipient');
        const ciphertext = new ValueCipher(mine).encrypt(ring, mine, value);
        expect(() => new ValueCipher(yours).decrypt(ring, yours, ciphertext)).toThrow(/belongs to another/);
        expect(hex(new ValueCipher(mine).decrypt(ring, mine, ciphertext))).toBe(hex(value));
      }),
    );
  });

  it('is refused when any one bit was changed', async () => {
    await fc.assert(
      fc.asyncProperty(reference, plaintext, fc.nat(), async (at, value, position) => {
        const vault = openSmallVault();
        const ciphertext = Buffer.from(await ciphertextOf(vault, at, value));
        const bit = position % (ciphertext.length * 8);
        ciphertext[bit >> 3] = (ciphertext[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await outcomeOf(vault.decrypt(at, ciphertext))).toBe(
          bit < 8 ? 'unknown-format' : 'not-authentic',
        );
      }),
    );
  });
});

describe('associated data', () => {
  type Encode = (parts: readonly string[]) => Uint8Array;
  const assertInjective = (encode: Encode): void => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', '\u0001', 'é') }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(hex(encode(one)) === hex(encode(other))).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2000 },
    );
  };

  it('differ whenever the parts differ', () => {
    assertInjective((parts) => encodeParts('purpose', 1, parts));
  });

  it.each<[string, Encode]>([
    ['joined without lengths', (parts) => Buffer.from(parts.join(''))],
    ['joined by a separator that may occur in a part', (parts) => Buffer.from(parts.join('\u0000'))],
  ])('would not differ if they were %s', (_title, encode) => {
    expect(() => {
      assertInjective(encode);
    }).toThrow(/seed/);
  });
});

interface Kept {
  readonly at: FieldReference;
  readonly value: Uint8Array;
  readonly ciphertext: Uint8Array;
}

describe('erasing one contract', () => {
  const neighbour = reference.map((at) => ({ ...at, contractId: 'neighbour' }));

  it('leaves the bytes and the answers of every other contract as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(reference, plaintext), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(neighbour, plaintext), { minLength: 1, maxLength: 8 }),
        async (mine, theirs) => {
          const memory = new KeyMemory();
          const vault = openSmallVault(memory);
          for (const [at, value] of mine) await ciphertextOf(vault, at, value);
          const kept: Kept[] = [];
          for (const [at, value] of theirs)
            kept.push({ at, value, ciphertext: await ciphertextOf(vault, at, value) });
          const everythingOf = async (): Promise<unknown> => ({
            bytes: kept.map(({ at }) =>
              JSON.stringify(memory.read([at.contractId, at.dataSetId, at.recipientId])),
            ),
            states: await Promise.all(kept.map(({ at }) => vault.keyState(at))),
            counts: await vault.countKeys({ contractId: 'neighbour' }),
            values: await Promise.all(kept.map(({ at, ciphertext }) => vault.decrypt(at, ciphertext))),
            indexes: await Promise.all(kept.map(({ at, value }) => vault.blindIndex(at, [value]))),
          });
          const before = await everythingOf();
          for (const contractId of ['a', 'ab']) {
            await vault.fence(contractId);
            await vault.destroyContractKeys(contractId);
          }
          expect(await everythingOf()).toEqual(before);
          expect(kept.every(({ value }, index) => hex(value) === hex(theirs[index]![1]))).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
