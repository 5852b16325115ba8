import { describe, expect, it } from '@jest/globals';
import { createVault, masterKeyFromBytes, type KeyStore } from '@mandate/vault';
import { interruptKeyStore } from '@mandate/vault/testing';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteValue } from '../driver';
import { createTemporaryFolder } from '../testing/temporary-folder';
import { openSqliteKeyStore } from './sqlite-key-store';

const masterKey = masterKeyFromBytes(Buffer.alloc(32, 'mandate'));
const contractId = 'c1';

interface Erasure {
  readonly calls: readonly (keyof KeyStore)[];
  readonly rowsRead: number;
  readonly keysDestroyed: number;
  readonly keysLeft: number;
}

/** The driver, counting the rows that a query hands over to JavaScript. */
const countingRows = (onRows: (rows: number) => void): OpenSqliteDatabase => {
  return (file) => {
    const database = openSqliteDatabase(file);
    return {
      ...database,
      prepare: (sql) => {
        const statement = database.prepare(sql);
        const all = (...parameters: readonly SqliteValue[]): readonly unknown[] => {
          const rows = statement.all(...parameters);
          onRows(rows.length);
          return rows;
        };
        return { ...statement, all };
      },
    };
  };
};

const eraseContractOf = async (recipients: number): Promise<Erasure> => {
  const folder = await createTemporaryFolder();
  const calls: (keyof KeyStore)[] = [];
  let rowsRead = 0;
  const openDatabase = countingRows((rows) => (rowsRead += rows));
  const store = await openSqliteKeyStore({ file: folder.pathOf('keys.db'), openDatabase });
  try {
    const keyStore = interruptKeyStore(store, {
      before: (operation) => {
        calls.push(operation);
        return Promise.resolve();
      },
    });
    const vault = createVault({ keyStore, masterKey, clock: () => '2026-03-29T06:00:00.000Z' });
    await vault.encryptMany(
      Array.from({ length: recipients }, (_, index) => ({
        reference: { contractId, dataSetId: 'd1', recipientId: `r${index}`, field: 'email' },
        plaintext: Buffer.from('anna@example.com'),
      })),
    );
    calls.splice(0);
    rowsRead = 0;
    await vault.fence(contractId);
    const { keysDestroyed } = await vault.destroyContractKeys(contractId);
    const erasure = { calls: [...calls], rowsRead };
    const left = await vault.countKeys({ contractId });
    return { ...erasure, keysDestroyed, keysLeft: left.contracts + left.dataSets + left.recipients };
  } finally {
    await store.close();
    await folder.remove();
  }
};

describe('erasing a contract', () => {
  it.each([10, 10_000])(
    'of %d recipients takes two operations of the key store, and reads no row of any recipient',
    async (recipients) => {
      expect(await eraseContractOf(recipients)).toEqual({
        calls: ['fence', 'destroy'],
        rowsRead: 0,
        keysDestroyed: recipients + 2,
        keysLeft: 0,
      });
    },
  );
});
