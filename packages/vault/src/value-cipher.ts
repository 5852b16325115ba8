import { encodeAmid, encodePart, encodeParts, LENGTH_BYTES } from './associated-data';
import { seal, SEAL_BYTES, unseal } from './authenticated-cipher';
import type { KeyRing } from './key-ring';
import type { DataSetReference, FieldReference } from './reference';
import { VaultError } from './vault-error';

const FORMAT = 1;
const HEADER = Buffer.of(FORMAT);

type ValueReference = Pick<FieldReference, 'recipientId' | 'field'>;

/** Encrypts the values of one data set. */
export class ValueCipher {
  readonly #contractId: string;
  readonly #dataSetId: string;
  readonly #before: Buffer;
  /** Of the value before; used before anything is awaited, and overwritten by the next. */
  #associatedData: Buffer = Buffer.alloc(0);
  #field: string | undefined;
  #idBytes = 0;

  constructor({ contractId, dataSetId }: DataSetReference) {
    this.#contractId = contractId;
    this.#dataSetId = dataSetId;
    this.#before = encodeParts('mandate.vault.value', FORMAT, [contractId, dataSetId]);
  }

  isFor(contractId: string, dataSetId: string): boolean {
    return this.#dataSetId === dataSetId && this.#contractId === contractId;
  }

  /** `format (1) | nonce (12) | ciphertext | tag (16)`. */
  encrypt(ring: KeyRing, reference: ValueReference, plaintext: Uint8Array): Uint8Array {
    return seal(ring.permanentKey, plaintext, this.#associatedDataOf(reference), HEADER);
  }

  decrypt(ring: KeyRing, reference: ValueReference, ciphertext: Uint8Array): Uint8Array {
    assertFormat(ciphertext);
    const sealed = ciphertext.subarray(HEADER.length);
    const plaintext = unseal(ring.permanentKey, sealed, this.#associatedDataOf(reference));
    if (plaintext !== null) return plaintext;
    throw new VaultError(
      'not-authentic',
      'the ciphertext was changed, or it belongs to another field, recipient, data set or contract',
    );
  }

  /**
   * Everything that says whose value this is, so that a ciphertext found under another contract, data set, recipient or
   * field is not authentic there. The format is part of it: nobody can relabel bytes of one format as another.
   */
  #associatedDataOf({ recipientId, field }: ValueReference): Buffer {
    const idBytes = Buffer.byteLength(recipientId);
    if (field !== this.#field || idBytes !== this.#idBytes) {
      this.#associatedData = encodeAmid(this.#before, recipientId, encodePart(field));
      this.#field = field;
      this.#idBytes = idBytes;
    } else {
      // An import differs from value to value by the recipient alone, and ids mostly have one length.
      this.#associatedData.write(recipientId, this.#before.length + LENGTH_BYTES);
    }
    return this.#associatedData;
  }
}

const assertFormat = (ciphertext: Uint8Array): void => {
  if (ciphertext[0] === FORMAT && ciphertext.length > SEAL_BYTES) return;
  throw new VaultError(
    'unknown-format',
    `a ciphertext begins with format ${FORMAT} and has at least ${SEAL_BYTES + 1} bytes; found ${ciphertext.length} bytes`,
  );
};
