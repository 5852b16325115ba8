import { KeyStoreError } from './key-store-error';

/**
 * The place of a key in the tree of keys: a contract, a data set of that contract, a recipient in that data set.
 * The key of a path wraps the keys one level below it, so destroying one key makes everything beneath unreadable.
 */
export type KeyPath = ContractKeyPath | DataSetKeyPath | RecipientKeyPath;
export type ContractKeyPath = readonly [contractId: string];
export type DataSetKeyPath = readonly [contractId: string, dataSetId: string];
export type RecipientKeyPath = readonly [contractId: string, dataSetId: string, recipientId: string];

/** What keys can be listed under: the root (contract keys), a contract (its data sets), a data set (its recipients). */
export type KeyParent = readonly [] | ContractKeyPath | DataSetKeyPath;

export type KeyLevel = 'contract' | 'data-set' | 'recipient';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// With at least one letter, unless it is a UUID: digits alone could be a telephone number.
const KEY_ID = new RegExp(`^(?:(?=.*[A-Za-z])[A-Za-z0-9_-]{1,64}|${UUID})$`);

/**
 * Key ids are opaque: 1 to 64 letters, digits, `_` or `-`, with a letter among them (a UUID fits). They end up in fences and certificates, which
 * outlive the data; an e-mail address or a telephone number is therefore never accepted.
 */
export const isKeyId = (value: unknown): value is string => typeof value === 'string' && KEY_ID.test(value);

/** @throws KeyStoreError `invalid-key-path`. The message tells the shape of what was found, never the value. */
export const assertKeyPath = (path: readonly string[]): void => {
  if (path.length < 1 || path.length > 3) {
    throw new KeyStoreError('invalid-key-path', `a key path has 1 to 3 ids; found ${String(path.length)}`);
  }
  assertKeyIds(path);
};

/** As {@link assertKeyPath}, for the parent of a listing: 0 to 2 ids. */
export const assertKeyParent = (parent: readonly string[]): void => {
  if (parent.length > 2) {
    throw new KeyStoreError(
      'invalid-key-path',
      `a parent of keys has 0 to 2 ids; found ${String(parent.length)}`,
    );
  }
  assertKeyIds(parent);
};

const LEVELS: readonly KeyLevel[] = ['contract', 'data-set', 'recipient'];

const assertKeyIds = (ids: readonly unknown[]): void => {
  ids.forEach((id, index) => {
    if (!isKeyId(id)) {
      throw new KeyStoreError(
        'invalid-key-path',
        `a ${LEVELS[index] ?? 'key'} id must be 1 to 64 letters, digits, "_" or "-", with a letter among them; found ${shapeOf(id)}`,
      );
    }
  });
};

const shapeOf = (value: unknown): string =>
  typeof value === 'string'
    ? `a string of ${String(value.length)} characters`
    : `a value of type ${typeof value}`;

export const keyLevelOf = (path: KeyPath): KeyLevel => {
  switch (path.length) {
    case 1:
      return 'contract';
    case 2:
      return 'data-set';
    case 3:
      return 'recipient';
  }
};

/** The path itself and every path above it, the contract first. A fence on any of them covers the path. */
export const pathsFromContract = (path: KeyPath): readonly KeyPath[] => {
  switch (path.length) {
    case 1:
      return [path];
    case 2:
      return [[path[0]], path];
    case 3:
      return [[path[0]], [path[0], path[1]], path];
  }
};

/** `null` for a contract key: that one is wrapped by the master key. */
export const parentOf = (path: KeyPath): ContractKeyPath | DataSetKeyPath | null => {
  switch (path.length) {
    case 1:
      return null;
    case 2:
      return [path[0]];
    case 3:
      return [path[0], path[1]];
  }
};

/** Whether `ancestor` is the path itself or lies above it. */
export const coversKeyPath = (ancestor: KeyParent | KeyPath, path: KeyPath): boolean =>
  ancestor.length <= path.length && ancestor.every((id, index) => id === path[index]);

/** One printable string per path; ids hold no `/`, so two paths never share one. */
export const formatKeyPath = (path: KeyPath): string => path.join('/');
