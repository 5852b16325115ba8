// #region wire
import {
  attestationFolder,
  folderEraser,
  httpEraser,
  manualEraser,
  sqliteTablesEraser,
  type Attestations,
} from '@mandate/erasers';
import { openProcessor, systemClock, type Clock, type MasterKey, type Processor } from '@mandate/processor';
import type { KeyObject } from 'node:crypto';

export interface Service {
  /** Where the processor keeps its history, keys and certificates; receipts and attestations lie beside them. */
  readonly folder: string;
  readonly masterKey: MasterKey;
  /** The platform's own database, and the folder into which it exports. */
  readonly databaseFile: string;
  readonly exportFolder: string;
  /** The sub-processor that sends SMS: where it takes requests, and the key with which it signs. */
  readonly smsEndpoint: string;
  readonly smsPublicKey: string;
  /** The key with which we sign requests to others. */
  readonly requestKey: KeyObject;
  readonly clock?: Clock;
}

export const openService = async (
  service: Service,
): Promise<{ readonly processor: Processor; readonly attestations: Attestations }> => {
  const { folder, masterKey, clock = systemClock } = service;
  const attestations = attestationFolder({ folder: `${folder}/attestations`, clock });
  const processor = await openProcessor({
    folder: `${folder}/mandate`,
    masterKey,
    clock,
    erasers: {
      'recipient-database': sqliteTablesEraser({
        file: service.databaseFile,
        tables: [
          { table: 'recipient', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
          { table: 'click', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
        ],
        clock,
      }),
      exports: folderEraser({ folder: service.exportFolder, receipts: `${folder}/export-receipts`, clock }),
      'sms-gateway': httpEraser({
        endpoint: service.smsEndpoint,
        signingKey: service.requestKey,
        publicKey: service.smsPublicKey,
        clock,
      }),
      'staff-copies': manualEraser({ attestations }),
    },
  });
  return { processor, attestations };
};
// #endregion
