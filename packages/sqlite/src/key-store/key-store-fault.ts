import { KeyStoreError } from '@mandate/vault';
import { primaryCodeOf, sqliteCode, troubleOf } from '../sqlite-code';
import { portCallsOf, type PortCalls } from '../port-calls';
import { CommitFault } from '../transaction';

/** Says in the words of the port what SQLite said; other errors pass as they are. */
export const asKeyStoreError = (error: unknown): unknown => {
  const cause = error instanceof CommitFault ? error.cause : error;
  const trouble = troubleOf(cause);
  if (trouble === undefined) return error;
  const isDamaged = primaryCodeOf(cause) === sqliteCode.corrupt;
  return new KeyStoreError(isDamaged ? 'corrupt' : 'unavailable', trouble.reason, { cause: error });
};

export const callsOfKeyStore = (close: () => void): PortCalls =>
  portCallsOf(
    {
      closed: () => new KeyStoreError('store-closed', 'the key store is closed'),
      asFailure: asKeyStoreError,
    },
    close,
  );
