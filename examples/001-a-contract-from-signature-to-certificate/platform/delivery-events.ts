import type { LoggedSend } from '../reading/send-log';
import { openPlatformDatabase, type PlatformDatabase } from './platform-database';

export const deliveryEventsTable = 'delivery_events';

// In the order of time: rows are added at the end, whatever their ids.
const schema = `
  CREATE TABLE IF NOT EXISTS delivery_events (
    send_id TEXT NOT NULL,
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    at TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (data_set_id, at, send_id)
  ) STRICT, WITHOUT ROWID;
`;

export interface DeliveredSend {
  readonly send: LoggedSend;
  readonly contractId: string;
  readonly dataSetId: string;
  readonly recipientId: string;
}

/** What sending creates: who got what when, and opened or clicked it. It belongs to the data set and falls with it. */
export class DeliveryEvents {
  readonly database: PlatformDatabase;

  constructor(path: string) {
    this.database = openPlatformDatabase(path, schema);
  }

  /** All or none. A send that is there already stays as it is: after a crash a day is gone through again. */
  add(sends: readonly DeliveredSend[]): void {
    this.database.inTransaction(() => {
      for (const { send, contractId, dataSetId, recipientId } of sends) {
        this.database.run(
          'INSERT OR IGNORE INTO delivery_events VALUES (?, ?, ?, ?, ?, ?)',
          send.id,
          contractId,
          dataSetId,
          recipientId,
          send.at,
          send.result,
        );
      }
    });
  }

  close(): void {
    this.database.close();
  }
}
