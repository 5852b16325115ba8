import { encodeParts } from './associated-data';
import { seal, SEAL_BYTES, unseal } from './authenticated-cipher';
import type { KeyRing } from './key-ring';
import type { FieldReference } from './reference';
import { VaultError } from './vault-error';

const FORMAT = 1;

/**
 * Everything that says whose value this is, so that a ciphertext found under another contract, data set, recipient or
 * field is not authentic there. The format is part of it: nobody can relabel bytes of one format as another.
 */
const associatedDataOf = ({ contractId, dataSetId, recipientId, field }: FieldReference): Buffer =>
  encodeParts('mandate.vault.value', FORMAT, [contractId, dataSetId, recipientId, field]);

/** `format (1) | nonce (12) | ciphertext | tag (16)`. */
export const encryptValue = (ring: KeyRing, reference: FieldReference, plaintext: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.of(FORMAT), seal(ring.permanentKey, plaintext, associatedDataOf(reference))]);

export const decryptValue = (
  ring: KeyRing,
  reference: FieldReference,
  ciphertext: Uint8Array,
): Uint8Array => {
  assertFormat(ciphertext);
  const plaintext = unseal(ring.permanentKey, ciphertext.subarray(1), associatedDataOf(reference));
  if (plaintext !== null) return plaintext;
  throw new VaultError(
    'not-authentic',
    'the ciphertext was changed, or it belongs to another field, recipient, data set or contract',
  );
};

const assertFormat = (ciphertext: Uint8Array): void => {
  if (ciphertext[0] === FORMAT && ciphertext.length > SEAL_BYTES) return;
  throw new VaultError(
    'unknown-format',
    `a ciphertext begins with format ${FORMAT} and has at least ${SEAL_BYTES + 1} bytes; found ${ciphertext.length} bytes`,
  );
};
