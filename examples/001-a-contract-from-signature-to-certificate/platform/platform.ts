import type { ErasureReceipt } from '@mandate/domain';
import {
  createMasterKeyFile,
  masterKeyFromFile,
  openProcessor,
  type MasterKey,
  type Processor,
  type StoreEraser,
} from '@mandate/processor';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunFolder } from '../run-folder';
import { filesHeld, type OfDataSet } from './data-set-folder';
import { DeliveryEvents, deliveryEventsTable } from './delivery-events';
import { folderEraser } from './folder-eraser';
import { MessageArchive } from './message-archive';
import { RecipientDatabase, recipientsTable } from './recipient-database';
import type { StoreName } from './store-names';
import { SuppressionList, suppressionTable } from './suppression-list';
import { rowsHeld, tableEraser } from './table-eraser';
import type { VirtualClock } from './virtual-clock';

/** A messaging platform: its own stores, and the library that says what may be done with them. */
export interface Platform {
  readonly processor: Processor;
  readonly recipients: RecipientDatabase;
  readonly deliveries: DeliveryEvents;
  readonly suppressions: SuppressionList;
  readonly archive: MessageArchive;
  /** How many items each store holds of a data set. */
  readonly held: (of: OfDataSet) => Readonly<Record<StoreName, number>>;
  readonly close: () => Promise<void>;
}

const masterKeyIn = async (path: string): Promise<MasterKey> => {
  mkdirSync(dirname(path), { recursive: true });
  return existsSync(path) ? masterKeyFromFile(path) : createMasterKeyFile(path);
};

const reported =
  (eraser: StoreEraser, onErased: (store: string, receipt: ErasureReceipt) => void): StoreEraser =>
  async (order) => {
    const outcome = await eraser(order);
    if (outcome.outcome === 'erased') onErased(order.store, outcome.receipt);
    return outcome;
  };

/** Opens everything in the folder of a run; what is not there yet is created. */
export const openPlatform = async (
  folder: RunFolder,
  { now: clock }: VirtualClock,
  onErased: (store: string, receipt: ErasureReceipt) => void,
): Promise<Platform> => {
  for (const file of [folder.recipients, folder.mandate]) mkdirSync(dirname(file), { recursive: true });
  const recipients = new RecipientDatabase(folder.recipients);
  const deliveries = new DeliveryEvents(folder.deliveryEvents);
  const suppressions = new SuppressionList(folder.suppressionList);
  const archive = new MessageArchive(folder.messageArchive);
  const upload = { root: folder.upload };

  const tables = {
    'recipient-database': { database: recipients.database, table: recipientsTable },
    'delivery-events': { database: deliveries.database, table: deliveryEventsTable },
    'suppression-list': { database: suppressions.database, table: suppressionTable },
  };
  const { erasures } = folder;
  const erasers: Readonly<Record<StoreName, StoreEraser>> = {
    upload: folderEraser({ ...upload, erasures, clock }),
    'recipient-database': tableEraser({ ...tables['recipient-database'], clock }),
    'message-archive': folderEraser({ root: archive.root, erasures, clock }),
    'delivery-events': tableEraser({ ...tables['delivery-events'], clock }),
    'suppression-list': tableEraser({ ...tables['suppression-list'], clock }),
  };
  const masterKey = await masterKeyIn(folder.masterKey);
  const reporting = Object.fromEntries(
    Object.entries(erasers).map(([store, eraser]) => [store, reported(eraser, onErased)]),
  );
  const processor = await openProcessor({ folder: folder.mandate, masterKey, erasers: reporting, clock });

  return {
    processor,
    recipients,
    deliveries,
    suppressions,
    archive,
    held: (of) => ({
      upload: filesHeld(upload, of),
      'recipient-database': rowsHeld(tables['recipient-database'], of),
      'message-archive': filesHeld(archive, of),
      'delivery-events': rowsHeld(tables['delivery-events'], of),
      'suppression-list': rowsHeld(tables['suppression-list'], of),
    }),
    close: async () => {
      await processor.close();
      for (const store of [recipients, deliveries, suppressions]) store.close();
    },
  };
};
