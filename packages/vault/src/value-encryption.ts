import { DataSetEncryption, encryptUnder, thenWipe } from './data-set-encryption';
import type { Encryption } from './data-set-encryption';
import type { KeyCustody } from './key-custody';
import type { DataSetKeyPath, RecipientKeyPath } from './key-path';
import type { Erased } from './key-store';
import { neverKnown } from './opened-key';
import type { OperationsInFlight } from './operations-in-flight';
import { byDataSet } from './placed-values';
import type { FieldValue } from './placed-values';
import { assertField, recipientPathOf } from './reference';
import type { FieldReference } from './reference';
import { ValueCipher } from './value-cipher';

export interface Decrypted {
  readonly state: 'decrypted';
  readonly plaintext: Uint8Array;
}

/** Encrypts and decrypts values; each time asks the key store before the work and again before giving the result away. */
export class ValueEncryption {
  readonly #custody: KeyCustody;
  readonly #operations: OperationsInFlight;
  #lastCipher: ValueCipher | undefined;

  constructor(custody: KeyCustody, operations: OperationsInFlight) {
    this.#custody = custody;
    this.#operations = operations;
  }

  async encrypt(reference: FieldReference, plaintext: Uint8Array): Promise<Encryption> {
    const { path, recipientId, field } = placeOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#custody.openOrCreate(path, operation);
      if (key.state !== 'active') return key;
      const encryption = thenWipe([key], () =>
        encryptUnder(key, this.#cipherFor(path), { recipientId, field, plaintext }),
      );
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      return verdict ?? encryption;
    });
  }

  async encryptMany(values: readonly FieldValue[]): Promise<readonly Encryption[]> {
    const answers: Encryption[] = [];
    for (const { dataSet, values: placed } of byDataSet(values)) {
      const cipher = this.#cipherFor(dataSet);
      await this.#operations.run(dataSet, (operation) =>
        new DataSetEncryption(
          { custody: this.#custody, operation, cipher, dataSet, values: placed },
          answers,
        ).run(),
      );
    }
    return answers;
  }

  async decrypt(reference: FieldReference, ciphertext: Uint8Array): Promise<Decrypted | Erased> {
    const { path, ...place } = placeOf(reference);
    return this.#operations.run(path, async (operation) => {
      const key = await this.#custody.open(path, operation);
      if (key.state === 'never-known') throw neverKnown();
      if (key.state === 'erased') return key;
      const plaintext = thenWipe([key], () => this.#cipherFor(path).decrypt(key.ring, place, ciphertext));
      const [verdict] = await this.#custody.verdicts([path], key.revision, operation);
      if (verdict?.state !== 'erased') return { state: 'decrypted', plaintext };
      plaintext.fill(0);
      return verdict;
    });
  }

  /** Usually the one of the value before. */
  #cipherFor([contractId, dataSetId]: DataSetKeyPath | RecipientKeyPath): ValueCipher {
    if (this.#lastCipher?.isFor(contractId, dataSetId) !== true) {
      this.#lastCipher = new ValueCipher({ contractId, dataSetId });
    }
    return this.#lastCipher;
  }
}

interface Place {
  readonly path: RecipientKeyPath;
  readonly recipientId: string;
  readonly field: string;
}

/** Read once, here: what was checked is what is used. */
const placeOf = (reference: FieldReference): Place => {
  const { field } = reference;
  assertField(field);
  const path = recipientPathOf(reference);
  return { path, recipientId: path[2], field };
};
