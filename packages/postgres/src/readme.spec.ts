// The code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
// #region open
import { systemClock } from '@mandate/event-sourcing';
import { openPostgresKeyStore } from '@mandate/postgres';
import { createVault, type MasterKey, type Vault } from '@mandate/vault';

/** One vault, on as many machines as there are. Its keys lie on a server of their own. */
const openVault = async (connectionString: string, masterKey: MasterKey): Promise<Vault> => {
  const keyStore = await openPostgresKeyStore({ connectionString });
  return createVault({ keyStore, masterKey, clock: systemClock });
};
// #endregion
// #region erase
import { postgresTablesEraser } from '@mandate/postgres';
import type { StoreEraser } from '@mandate/deletion';
import type { Pool } from 'pg';

/** What is given to the processor as one of its `erasers`, under the name of the store. */
const platformEraser = (pool: Pool): StoreEraser =>
  postgresTablesEraser(pool, {
    tables: [
      { table: 'message', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
      { table: 'recipient', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
    ],
    clock: systemClock,
  });
// #endregion
// #region rotate
/** Makes what the log and old backups still hold of destroyed keys useless, once the old master key is destroyed. */
const rotateFromBelow = async (
  vault: Vault,
  contractId: string,
  dataSetIds: readonly string[],
): Promise<void> => {
  for (const dataSetId of dataSetIds) await vault.rotateDataSetKey({ contractId, dataSetId });
  await vault.rotateContractKey({ contractId });
  // Of a vault with the next master key, and the old one among `previousMasterKeys`.
  await vault.rotateMasterKey();
};
// #endregion
import { masterKeyFromBytes } from '@mandate/vault';
import { nthOrder } from './testing/erasure-orders';
import { onPostgres } from './testing/on-postgres';

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(3);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });
});

onPostgres('the code of the README on a server', (database) => {
  it('keeps, rotates and destroys keys', async () => {
    const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
    const vault = await openVault(database.connectionString(), masterKey);
    const place = { contractId: 'contract-a', dataSetId: 'data-set-b' };
    await vault.openDataSet(place);
    await rotateFromBelow(vault, 'contract-a', ['data-set-b']);
    expect((await vault.eraseDataSet(place)).keysDestroyed).toBe(1);
    vault.close();
  });

  it('erases the tables of a platform', async () => {
    const order = nthOrder(1);
    for (const table of ['message', 'recipient']) {
      await database.pool().query(`CREATE TABLE ${table} (contract_id uuid, data_set_id uuid);
        INSERT INTO ${table} VALUES ('${order.contractId}', '${order.dataSetId}')`);
    }
    expect(await platformEraser(database.pool())(order)).toMatchObject({ receipt: { found: 2, erased: 2 } });
  });
});
