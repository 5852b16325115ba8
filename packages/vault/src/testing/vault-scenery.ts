import { createInMemoryKeyStore } from '../in-memory-key-store';
import { KeyMemory } from '../key-memory';
import type { KeyPath } from '../key-path';
import type { StoredKey } from '../key-store';
import { masterKeyFromBytes } from '../master-key';
import type { FieldReference } from '../reference';
import { createVault } from '../vault';
import type { Vault, VaultOptions } from '../vault';
import { isVaultError } from '../vault-error';

export const MASTER_KEY = masterKeyFromBytes(Buffer.from('a'.repeat(16) + 'b'.repeat(16)));
export const OTHER_MASTER_KEY = masterKeyFromBytes(Buffer.from('c'.repeat(16) + 'd'.repeat(16)));

export const EMAIL: FieldReference = { contractId: 'c1', dataSetId: 'd1', recipientId: 'r1', field: 'email' };
export const ANNA: Uint8Array = Buffer.from('anna@example.com');

const minutes = (): (() => string) => {
  let minute = 0;
  return () => `2026-03-29T06:${String(minute++).padStart(2, '0')}:00.000Z`;
};

/** A vault whose clock moves by a minute each time it is asked; two on the same memory are two processes. */
export const openVault = (memory: KeyMemory = new KeyMemory(), options: Partial<VaultOptions> = {}): Vault =>
  createVault({
    keyStore: createInMemoryKeyStore(memory),
    masterKey: MASTER_KEY,
    clock: minutes(),
    ...options,
  });

export const ciphertextOf = async (
  vault: Vault,
  reference: FieldReference,
  plaintext: Uint8Array = ANNA,
): Promise<Uint8Array> => {
  const answer = await vault.encrypt(reference, plaintext);
  if (answer.state !== 'encrypted') throw new Error(`expected a ciphertext, found ${answer.state}`);
  return answer.ciphertext;
};

export const plaintextOf = async (
  vault: Vault,
  reference: FieldReference,
  ciphertext: Uint8Array,
): Promise<Uint8Array> => {
  const answer = await vault.decrypt(reference, ciphertext);
  if (answer.state !== 'decrypted') throw new Error(`expected a plaintext, found ${answer.state}`);
  return answer.plaintext;
};

/** The state of an answer, or the code of a refusal. */
export const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    return stateIn(await work);
  } catch (error) {
    if (isVaultError(error)) return error.code;
    if (error instanceof Error && error.name === 'KeyStoreError' && 'code' in error)
      return String(error.code);
    throw error;
  }
};

const stateIn = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'state' in answer ? String(answer.state) : 'done';

/** The chain of stored keys, contract first; empty when the key is not active. */
export const chainAt = (memory: KeyMemory, path: KeyPath): readonly StoredKey[] => {
  const reading = memory.read(path);
  return reading.state === 'active' ? reading.chain : [];
};

export const wrappedAt = (memory: KeyMemory, path: KeyPath): Uint8Array =>
  chainAt(memory, path).at(-1)?.wrapped ?? new Uint8Array();
