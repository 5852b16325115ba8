import { openOrCreateMany, wipeAll } from './bulk-key-creation';
import type { KeyCustody } from './key-custody';
import { formatKeyPath } from './key-path';
import type { RecipientKeyPath } from './key-path';
import type { Erased } from './key-store';
import { neverKnown } from './opened-key';
import type { Frozen, OpenedKey } from './opened-key';
import type { OperationsInFlight } from './operations-in-flight';
import { assertField, recipientPathOf } from './reference';
import type { FieldReference } from './reference';
import { decryptValue, encryptValue } from './value-cipher';

export interface Encrypted {
  readonly state: 'encrypted';
  readonly ciphertext: Uint8Array;
}

export interface Decrypted {
  readonly state: 'decrypted';
  readonly plaintext: Uint8Array;
}

export interface FieldValue {
  readonly reference: FieldReference;
  readonly plaintext: Uint8Array;
}

type Encryption = Encrypted | Erased | Frozen;

/** A value with its place in the caller's list. */
interface Placed extends FieldValue {
  readonly path: RecipientKeyPath;
  readonly index: number;
}

/** Encrypts and decrypts values; each time asks the key store before the work and again before giving the result away. */
export class ValueEncryption {
  readonly #custody: KeyCustody;
  readonly #operations: OperationsInFlight;

  constructor(custody: KeyCustody, operations: OperationsInFlight) {
    this.#custody = custody;
    this.#operations = operations;
  }

  async encrypt(reference: FieldReference, plaintext: Uint8Array): Promise<Encryption> {
    const path = pathOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#custody.openOrCreate(path, operation);
      if (key.state !== 'active') return key;
      const encryption = thenWipe([key], () => encryptUnder(key, { reference, plaintext }));
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      return verdict ?? encryption;
    });
  }

  async encryptMany(values: readonly FieldValue[]): Promise<readonly Encryption[]> {
    const placed = values.map((value, index) => ({ ...value, path: pathOf(value.reference), index }));
    const encryptions: Encryption[] = [];
    for (const group of groupedBy(
      placed,
      ({ path: [contractId, dataSetId] }) => `${contractId}/${dataSetId}`,
    )) {
      const done = await this.#encryptInDataSet(group);
      group.forEach(({ index }, position) => {
        const encryption = done[position];
        if (encryption !== undefined) encryptions[index] = encryption;
      });
    }
    return encryptions;
  }

  async decrypt(reference: FieldReference, ciphertext: Uint8Array): Promise<Decrypted | Erased> {
    const path = pathOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#custody.open(path, operation);
      if (key.state === 'never-known') throw neverKnown();
      if (key.state === 'erased') return key;
      const plaintext = thenWipe([key], () => decryptValue(key.ring, reference, ciphertext));
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      if (verdict?.state !== 'erased') return { state: 'decrypted', plaintext };
      plaintext.fill(0);
      return verdict;
    });
  }

  /** All values belong to one data set; a recipient may have several. */
  async #encryptInDataSet(values: readonly Placed[]): Promise<readonly Encryption[]> {
    const [first] = values;
    if (first === undefined) return [];
    const paths = [...new Map(values.map(({ path }) => [formatKeyPath(path), path])).values()];
    const dataSet = [first.path[0], first.path[1]] as const;
    return this.#operations.run(dataSet, async (operation) => {
      const keys = await openOrCreateMany(this.#custody, dataSet, paths, operation);
      const keyOf = new Map(paths.map((path, index) => [formatKeyPath(path), keys[index]]));
      const encryptions = thenWipe(keys, () =>
        values.map((value) => encryptUnder(keyOf.get(formatKeyPath(value.path)), value)),
      );
      // A key that was refused may never have come to be; only the others can be asked about.
      const used = paths.filter((path) => keyOf.get(formatKeyPath(path))?.state === 'active');
      const verdicts = await this.#custody.verdicts(used, earliestRevisionOf(keys), operation);
      const verdictOf = new Map(used.map((path, index) => [formatKeyPath(path), verdicts[index]]));
      return values.flatMap(
        ({ path }, index) => verdictOf.get(formatKeyPath(path)) ?? encryptions[index] ?? [],
      );
    });
  }
}

const earliestRevisionOf = (keys: readonly (OpenedKey | Erased | Frozen)[]): number =>
  keys.reduce((earliest, key) => ('revision' in key ? Math.min(earliest, key.revision) : earliest), Infinity);

const pathOf = (reference: FieldReference): RecipientKeyPath => {
  assertField(reference.field);
  return recipientPathOf(reference);
};

const encryptUnder = (key: OpenedKey | Erased | Frozen | undefined, value: FieldValue): Encryption => {
  if (key === undefined) throw neverKnown();
  if (key.state !== 'active') return key;
  if (key.frozenAt !== null) return { state: 'frozen', frozenAt: key.frozenAt };
  return { state: 'encrypted', ciphertext: encryptValue(key.ring, value.reference, value.plaintext) };
};

const thenWipe = <T>(keys: readonly (OpenedKey | Erased | Frozen)[], work: () => T): T => {
  try {
    return work();
  } finally {
    wipeAll(keys);
  }
};

const groupedBy = <T>(values: readonly T[], nameOf: (value: T) => string): Iterable<readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const name = nameOf(value);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups.values();
};
