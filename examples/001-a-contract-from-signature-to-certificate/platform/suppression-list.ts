import type { OfDataSet } from './data-set-folder';
import { openPlatformDatabase, type PlatformDatabase } from './platform-database';

export const suppressionTable = 'suppressed';

const schema = `
  CREATE TABLE IF NOT EXISTS suppressed (
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    address_index BLOB NOT NULL,
    PRIMARY KEY (data_set_id, address_index)
  ) STRICT, WITHOUT ROWID;
`;

/** Who wants no messages any more, as keyed indexes of addresses: readable to nobody, and to nobody else's use. */
export class SuppressionList {
  readonly database: PlatformDatabase;

  constructor(path: string) {
    this.database = openPlatformDatabase(path, schema);
  }

  add({ contractId, dataSetId }: OfDataSet, indexes: readonly Uint8Array[]): void {
    this.database.inTransaction(() => {
      for (const index of indexes) {
        this.database.run('INSERT OR IGNORE INTO suppressed VALUES (?, ?, ?)', contractId, dataSetId, index);
      }
    });
  }

  close(): void {
    this.database.close();
  }
}
