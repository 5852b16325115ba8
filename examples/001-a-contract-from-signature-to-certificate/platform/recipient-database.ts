import { openPlatformDatabase, type PlatformDatabase } from './platform-database';

/** A recipient as the platform keeps her: ciphertexts, and indexes to find her by, under keys that can be destroyed. */
export interface StoredRecipient {
  readonly contractId: string;
  readonly dataSetId: string;
  readonly recipientId: string;
  readonly name: Uint8Array;
  readonly eMail: Uint8Array;
  readonly phone: Uint8Array;
  readonly eMailIndex: Uint8Array;
  readonly phoneIndex: Uint8Array;
}

export const recipientsTable = 'recipients';

const schema = `
  CREATE TABLE IF NOT EXISTS recipients (
    recipient_id TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    name BLOB NOT NULL,
    e_mail BLOB NOT NULL,
    phone BLOB NOT NULL,
    e_mail_index BLOB NOT NULL,
    phone_index BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS recipients_by_e_mail ON recipients (data_set_id, e_mail_index);
  CREATE INDEX IF NOT EXISTS recipients_by_phone ON recipients (data_set_id, phone_index);
`;

const bytesOf = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('Expected bytes in the database.');
};

const stored = (row: Readonly<Record<string, unknown>>): StoredRecipient => ({
  contractId: String(row['contract_id']),
  dataSetId: String(row['data_set_id']),
  recipientId: String(row['recipient_id']),
  name: bytesOf(row['name']),
  eMail: bytesOf(row['e_mail']),
  phone: bytesOf(row['phone']),
  eMailIndex: bytesOf(row['e_mail_index']),
  phoneIndex: bytesOf(row['phone_index']),
});

/** The platform's table of recipients. No name, address or number is in it in a form that anybody could read. */
export class RecipientDatabase {
  readonly database: PlatformDatabase;

  constructor(path: string) {
    this.database = openPlatformDatabase(path, schema);
  }

  holds(recipientId: string): boolean {
    return (
      this.database.get('SELECT 1 AS held FROM recipients WHERE recipient_id = ?', recipientId) !== undefined
    );
  }

  /** All or none. */
  add(recipients: readonly StoredRecipient[]): void {
    this.database.inTransaction(() => {
      for (const recipient of recipients) {
        this.database.run(
          'INSERT INTO recipients VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          recipient.recipientId,
          recipient.contractId,
          recipient.dataSetId,
          recipient.name,
          recipient.eMail,
          recipient.phone,
          recipient.eMailIndex,
          recipient.phoneIndex,
        );
      }
    });
  }

  /** Whom an address belongs to, found without decrypting anything. */
  byIndex(dataSetId: string, field: 'e_mail' | 'phone', index: Uint8Array): StoredRecipient | undefined {
    const row = this.database.get(
      `SELECT * FROM recipients WHERE data_set_id = ? AND ${field}_index = ?`,
      dataSetId,
      index,
    );
    return row === undefined ? undefined : stored(row);
  }

  /** Any recipient of a data set. */
  first(dataSetId: string): StoredRecipient | undefined {
    const row = this.database.get('SELECT * FROM recipients WHERE data_set_id = ? LIMIT 1', dataSetId);
    return row === undefined ? undefined : stored(row);
  }

  close(): void {
    this.database.close();
  }
}
