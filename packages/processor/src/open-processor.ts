import type { StoreEraser } from '@mandate/deletion';
import { systemClock, type Clock, type Telemetry } from '@mandate/event-sourcing';
import { openSqliteEventStore, openSqliteKeyStore, openSqliteLeaseStore } from '@mandate/sqlite';
import { createVault, type MasterKey } from '@mandate/vault';
import { join } from 'node:path';
import { openCertificateFolder } from './certificates/certificate-folder';
import { createProcessor } from './create-processor';
import {
  compareWithLedger,
  createErasureLedger,
  finishErasures,
  reapplicationsAfter,
  reapplyErasures,
  refuseRestored,
} from './erasure-ledger';
import { makeFolder } from './folder/durable-folder';
import { checkMasterKey } from './folder/master-key-check';
import type { Processor } from './processor';
import { signingKeyFromFile, signingKeyFromPem } from './certificates/signing-key-file';

export interface OpenProcessorOptions {
  /** The folder for history, keys and certificates; created if it is missing. */
  readonly folder: string;
  /** Wraps every contract's key. */
  readonly masterKey: MasterKey;
  /** Master keys that still wrap some contracts' keys, until `vault.rotateMasterKey()` has run. */
  readonly previousMasterKeys?: readonly MasterKey[];
  /** The private key (Ed25519, PEM) that signs certificates. Default: made once in the folder, mode 0600. */
  readonly signingKey?: string;
  /** How each registered store, by its name, is erased. */
  readonly erasers: Readonly<Record<string, StoreEraser>>;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /**
   * How old a decision's knowledge of the history may be, in milliseconds, when another process writes to the
   * same folder. Default 1,000; 0 reads the history on before every decision.
   */
  readonly staleAfterMs?: number;
  /**
   * The file in which erasures and ends of contracts are on record: `erasures.sqlite` in the folder if not given. Keep it out
   * of backups that are restored together with history or keys: it is what tells that they are too old.
   */
  readonly erasureLedger?: string;
  /**
   * Apply everything on record again when history or keys were restored from a backup that is older. Without it such a
   * folder is not opened (`ErasuresMissingError`). Run the deletions afterwards: what was restored is deleted once more.
   */
  readonly reapplyErasures?: boolean;
  /** Watches the processor at work, as `openTelemetry()` of `@mandate/event-sourcing/opentelemetry` does. */
  readonly telemetry?: Telemetry;
}

/**
 * Opens a processor on one machine: the history in `history.sqlite`, and in the same file which process runs the
 * deletions; the keys apart from it in `keys.sqlite`, certificates in `certificates/`. Close it before the process ends.
 * A master key that does not fit the keys in the folder is refused at once (`VaultError`), and so is a folder that was
 * restored from a backup older than an erasure (`ErasuresMissingError`).
 */
export const openProcessor = async (options: OpenProcessorOptions): Promise<Processor> => {
  const { folder, masterKey, previousMasterKeys = [], erasers, clock = systemClock } = options;
  const { erasureLedger = join(folder, 'erasures.sqlite') } = options;
  await makeFolder(folder);
  const signingKey =
    options.signingKey === undefined
      ? await signingKeyFromFile(join(folder, 'signing-key.pem'))
      : signingKeyFromPem(options.signingKey);
  const certificates = await openCertificateFolder(join(folder, 'certificates'));
  const history = join(folder, 'history.sqlite');
  const opened: { readonly close: () => Promise<void> }[] = [];
  const keep = <Store extends { readonly close: () => Promise<void> }>(store: Store): Store => {
    opened.push(store);
    return store;
  };
  const closeAll = async (): Promise<void> => {
    for (const store of opened.toReversed()) await store.close();
  };
  try {
    const eventStore = keep(await openSqliteEventStore({ file: history, clock }));
    // By the clock of the machine, whatever the clock of the history is.
    const leaseStore = keep(await openSqliteLeaseStore({ file: history }));
    const keyStore = keep(await openSqliteKeyStore({ file: join(folder, 'keys.sqlite') }));
    const ledger = createErasureLedger(keep(await openSqliteEventStore({ file: erasureLedger, clock })));
    const vault = createVault({
      ...{ keyStore, masterKey, previousMasterKeys, clock },
      onFenced: ledger.recordFence,
    });
    await checkMasterKey(keyStore, vault);
    const comparison = await compareWithLedger({ ledger, keyStore, eventStore });
    refuseRestored(comparison, options.reapplyErasures === true);
    await finishErasures(vault, ledger, comparison);
    const processor = createProcessor({
      ...{ eventStore, vault, certificates, signingKey, erasers, clock },
      erasures: { ledger, reapplications: reapplicationsAfter(comparison) },
      leases: { store: leaseStore },
      onClose: closeAll,
      ...(options.staleAfterMs === undefined ? {} : { staleAfterMs: options.staleAfterMs }),
      ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
    });
    await reapplyErasures(processor, { vault, ledger }, comparison);
    return processor;
  } catch (error) {
    await closeAll();
    throw error;
  }
};
