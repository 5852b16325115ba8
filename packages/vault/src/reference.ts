import { isKeyId } from './key-path';
import type { DataSetKeyPath, KeyPath, RecipientKeyPath } from './key-path';
import { VaultError } from './vault-error';

/** Names what a key belongs to. All ids are opaque, see `isKeyId`. */
export interface ContractReference {
  readonly contractId: string;
}

export interface DataSetReference extends ContractReference {
  readonly dataSetId: string;
}

export interface RecipientReference extends DataSetReference {
  readonly recipientId: string;
}

/** One value of one recipient. */
export interface FieldReference extends RecipientReference {
  /** Which of the recipient's values, such as `recipient-contact.email`: 1 to 64 letters, digits, `.`, `_` or `-`. */
  readonly field: string;
}

/** One field across a whole data set, for looking recipients up. */
export interface DataSetFieldReference extends DataSetReference {
  readonly field: string;
}

export type KeyReference = ContractReference | DataSetReference | RecipientReference;

const FIELD = /^[A-Za-z0-9._-]{1,64}$/;

/** Also for callers without types: a missing field must not become the field `undefined`. */
export const assertField = (field: unknown): void => {
  if (typeof field !== 'string' || !FIELD.test(field)) {
    throw invalid(`a field name must be 1 to 64 letters, digits, ".", "_" or "-"; found ${shapeOf(field)}`);
  }
};

/** As `recipientPathOf`, for a data set that was checked already: an import names it with each value. */
export const assertRecipientId = (recipientId: string): void => {
  opaque('recipientId', recipientId);
};

export const contractPathOf = ({ contractId }: ContractReference): readonly [string] => [
  opaque('contractId', contractId),
];

export const dataSetPathOf = ({ contractId, dataSetId }: DataSetReference): DataSetKeyPath => [
  opaque('contractId', contractId),
  opaque('dataSetId', dataSetId),
];

export const recipientPathOf = (reference: RecipientReference): RecipientKeyPath => [
  ...dataSetPathOf(reference),
  opaque('recipientId', reference.recipientId),
];

export const keyPathOf = (reference: KeyReference): KeyPath => {
  if ('recipientId' in reference) return recipientPathOf(reference);
  if ('dataSetId' in reference) return dataSetPathOf(reference);
  return contractPathOf(reference);
};

const opaque = (name: string, id: string): string => {
  if (isKeyId(id)) return id;
  throw invalid(
    `${name} must be an opaque id of 1 to 64 letters, digits, "_" or "-", with a letter among them; found ${shapeOf(id)}`,
  );
};

const invalid = (message: string): VaultError => new VaultError('invalid-reference', message);

const shapeOf = (value: unknown): string =>
  typeof value === 'string' ? `a string of ${value.length} characters` : `a value of type ${typeof value}`;
