import assert from 'node:assert/strict';
import { isKeyStoreError } from '../../key-store-error';
import type { KeyPath } from '../../key-path';
import { parentOf } from '../../key-path';
import type { CreateOutcome, KeyStore, NewKey, StoredKey } from '../../key-store';

export const MORNING = '2026-03-29T06:00:00.000Z';
export const NOON = '2026-03-29T12:00:00.000Z';
export const EVENING = '2026-03-29T18:00:00.000Z';

let lastKeyNumber = 0;

/** Bytes that occur nowhere else, long enough to be searched for in a file. */
export const freshBytes = (): Uint8Array => {
  lastKeyNumber += 1;
  return Uint8Array.from(Buffer.from(`wrapped-key-number-${String(lastKeyNumber)}-of-this-test-run`));
};

export const newKey = (path: KeyPath, parentGeneration = parentOf(path) === null ? 0 : 1): NewKey => ({
  path,
  wrapped: freshBytes(),
  parentGeneration,
});

/** Creates keys and insists that all of them are new. */
export const plant = async (store: KeyStore, ...paths: readonly KeyPath[]): Promise<readonly NewKey[]> => {
  const keys = paths.map((path) => newKey(path));
  const outcomes = await store.create(keys);
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    keys.map(() => 'created'),
  );
  return keys;
};

export const createOne = async (store: KeyStore, key: NewKey): Promise<CreateOutcome> => {
  const [outcome] = await store.create([key]);
  assert.ok(outcome !== undefined, 'one key, one answer');
  return outcome;
};

/** Plain bytes and plain arrays, so that a Buffer and a Uint8Array with the same bytes are equal. */
export const plainKey = ({ path, wrapped, generation }: StoredKey): unknown => ({
  path: [...path],
  wrapped: [...wrapped],
  generation,
});

/** The chain of an active key, as plain data; fails for a key that is not active. */
export const activeChain = async (store: KeyStore, path: KeyPath): Promise<readonly unknown[]> => {
  const reading = await store.read(path);
  assert.equal(reading.state, 'active');
  return reading.chain.map(plainKey);
};

export const asStored = (key: NewKey, generation = 1): unknown => plainKey({ ...key, generation });

export const stateOf = async (store: KeyStore, path: KeyPath): Promise<string> =>
  (await store.read(path)).state;

export const outcomesOf = (outcomes: readonly { readonly outcome: string }[]): readonly string[] =>
  outcomes.map(({ outcome }) => outcome);

export const holdsBytes = (stored: readonly Uint8Array[], wanted: Uint8Array): boolean =>
  stored.some((bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(wanted)),
  );

export const refusesWith = (code: string): ((error: unknown) => boolean) => {
  return (error) => isKeyStoreError(error) && error.code === code;
};
