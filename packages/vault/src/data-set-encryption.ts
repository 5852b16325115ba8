import { openOrCreateMany, wipeAll } from './bulk-key-creation';
import type { KeyCustody } from './key-custody';
import type { DataSetKeyPath, RecipientKeyPath } from './key-path';
import type { Erased } from './key-store';
import { neverKnown } from './opened-key';
import type { Frozen, OpenedKey } from './opened-key';
import type { OperationInFlight } from './operations-in-flight';
import type { PlacedValue } from './placed-values';
import type { ValueCipher } from './value-cipher';

export interface Encrypted {
  readonly state: 'encrypted';
  readonly ciphertext: Uint8Array;
}

export type Encryption = Encrypted | Erased | Frozen;

export interface DataSetEncryptionParts {
  readonly custody: KeyCustody;
  readonly operation: OperationInFlight;
  readonly cipher: ValueCipher;
  readonly dataSet: DataSetKeyPath;
  readonly values: readonly PlacedValue[];
}

/**
 * One operation on many values of one data set. Those whose keys are in the cache are encrypted in one go between two
 * looks at the key store's revision; only the others cost a look at a key of their own.
 */
export class DataSetEncryption {
  readonly #parts: DataSetEncryptionParts;
  readonly #answers: Encryption[];
  /** Keys that may never have come to be, and about which the key store must not be asked. */
  readonly #refused = new Set<string>();

  /** `answers`: the caller's list, in which each value has its index. */
  constructor(parts: DataSetEncryptionParts, answers: Encryption[]) {
    this.#parts = parts;
    this.#answers = answers;
  }

  async run(): Promise<void> {
    const { custody, operation } = this.#parts;
    const revision = await custody.keyStore.revision();
    const others = this.#encryptUnderCachedKeys(revision);
    const earliest = Math.min(revision, await this.#encryptUnderOtherKeys(others));
    if (await custody.isUnchangedSince(earliest, operation)) return;
    const used = recipientsIn(this.#parts.values).filter((recipientId) => !this.#refused.has(recipientId));
    const verdicts = await custody.verdicts(this.#pathsOf(used), earliest, operation);
    const verdictOf = new Map(used.map((recipientId, index) => [recipientId, verdicts[index]]));
    for (const { recipientId, index } of this.#parts.values) {
      const verdict = verdictOf.get(recipientId);
      if (verdict) this.#answers[index] = verdict;
    }
  }

  /** Awaits nothing, so that no fence zeroes a borrowed key in between. Returns the values that are left. */
  #encryptUnderCachedKeys(revision: number): readonly PlacedValue[] {
    const { custody, cipher, dataSet, values } = this.#parts;
    const others: PlacedValue[] = [];
    const cachedKeyOf = custody.lendRecipientKeys(dataSet, revision);
    for (const value of values) {
      const key = cachedKeyOf(value.recipientId);
      if (key === undefined) others.push(value);
      else this.#answers[value.index] = encryptUnder(key, cipher, value);
    }
    return others;
  }

  /** Returns the earliest revision at which one of their keys was read. */
  async #encryptUnderOtherKeys(values: readonly PlacedValue[]): Promise<number> {
    if (values.length === 0) return Infinity;
    const { custody, operation, cipher, dataSet } = this.#parts;
    const recipientIds = recipientsIn(values);
    const keys = await openOrCreateMany(custody, dataSet, this.#pathsOf(recipientIds), operation);
    const keyOf = new Map(recipientIds.map((recipientId, index) => [recipientId, keys[index]]));
    for (const [recipientId, key] of keyOf) if (key?.state !== 'active') this.#refused.add(recipientId);
    thenWipe(keys, () => {
      for (const value of values) {
        const key = keyOf.get(value.recipientId) ?? notThere();
        this.#answers[value.index] = key.state === 'active' ? encryptUnder(key, cipher, value) : key;
      }
    });
    return earliestRevisionOf(keys);
  }

  #pathsOf(recipientIds: readonly string[]): readonly RecipientKeyPath[] {
    const [contractId, dataSetId] = this.#parts.dataSet;
    return recipientIds.map((recipientId) => [contractId, dataSetId, recipientId]);
  }
}

export const encryptUnder = (
  { ring, frozenAt }: Pick<OpenedKey, 'ring' | 'frozenAt'>,
  cipher: ValueCipher,
  value: Omit<PlacedValue, 'index'>,
): Encryption => {
  if (frozenAt !== null) return { state: 'frozen', frozenAt };
  return { state: 'encrypted', ciphertext: cipher.encrypt(ring, value, value.plaintext) };
};

export const thenWipe = <T>(keys: readonly (OpenedKey | Erased | Frozen)[], work: () => T): T => {
  try {
    return work();
  } finally {
    wipeAll(keys);
  }
};

/** Each once; a recipient may have several values. */
const recipientsIn = (values: readonly PlacedValue[]): readonly string[] => [
  ...new Set(values.map(({ recipientId }) => recipientId)),
];

const earliestRevisionOf = (keys: readonly (OpenedKey | Erased | Frozen)[]): number =>
  keys.reduce((earliest, key) => ('revision' in key ? Math.min(earliest, key.revision) : earliest), Infinity);

const notThere = (): never => {
  throw neverKnown();
};
