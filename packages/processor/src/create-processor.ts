import type { StoreEraser } from '@mandate/deletion';
import {
  noTelemetry,
  systemClock,
  watchedEventStore,
  type Clock,
  type EventStore,
  type LeaseOptions,
  type RetryPolicy,
  type Telemetry,
  type Uuid,
} from '@mandate/event-sourcing';
import { createProcessingScope, type ScopeSnapshotOptions } from '@mandate/read-models';
import type { Vault } from '@mandate/vault';
import type { KeyObject } from 'node:crypto';
import { v7 } from 'uuid';
import type { CertificateStore } from './certificates/certificate-store';
import { contractCommands, dataSetCommands, instructionCommands } from './commands/commands';
import { createDecisions } from './decisions';
import type { RecordedErasures } from './erasure-ledger';
import { createFreshness } from './freshness';
import { createPermits } from './permits';
import { createDeletions } from './deletions/deletions';
import { createAggregateMemories, createGates } from './commands/gates';
import { guardedVault } from './guarded-vault';
import { alreadyResolved, resolveLegalDates } from './calendar/legal-dates';
import type { Processor } from './processor';

/** Everything a processor needs from outside; time and ids come in here and nowhere else. */
export interface ProcessorPorts {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly certificates: CertificateStore;
  /** The Ed25519 private key that signs certificates. */
  readonly signingKey: KeyObject;
  /** How each registered store, by its name, is erased. */
  readonly erasers: Readonly<Record<string, StoreEraser>>;
  readonly clock?: Clock;
  readonly newId?: () => string;
  /**
   * Where ends of contracts are on record apart from the history, for the time after a restore; see `openProcessor`, which
   * also compares them at the start. Absent: a restored history does not know what was deleted since.
   */
  readonly erasures?: RecordedErasures;
  /** How often, and how soon again, a failed step of a deletion is tried. */
  readonly retry?: RetryPolicy;
  /**
   * Which of several processes runs the deletions; all of them have to be given the same store. Absent: every one does,
   * and a step may be carried out twice, with the same id. What waits is told to `onProgress` of `deletions.run`.
   */
  readonly leases?: Omit<LeaseOptions, 'onWait'>;
  /** How old a decision's knowledge of the log may be, in milliseconds. Default 1,000. */
  readonly staleAfterMs?: number;
  /** Keeps what decisions know of the log from one process to the next; absent: every process reads all of it first. */
  readonly snapshots?: ScopeSnapshotOptions;
  /** Watches commands, appends and effects, as `@mandate/event-sourcing/opentelemetry` does; absent: nothing does. */
  readonly telemetry?: Telemetry;
  /** Called when the processor is closed. */
  readonly onClose?: () => Promise<void>;
}

/** Puts a processor together from its ports. `openProcessor` does so with SQLite. */
export const createProcessor = (ports: ProcessorPorts): Processor => {
  const { vault, certificates, signingKey, erasers, clock = systemClock, telemetry = noTelemetry } = ports;
  const store = watchedEventStore(ports.eventStore, telemetry);
  const scope = createProcessingScope(store, ports.snapshots && { snapshots: ports.snapshots });
  const newId = ports.newId ?? v7;
  const staleAfterMs = ports.staleAfterMs ?? 1000;
  const freshness = createFreshness({ scope, staleAfterMs, steadyClockMs: () => performance.now() });
  const decisions = createDecisions({ scope, clock, storeId: store.storeId, freshness });
  const memories = createAggregateMemories();
  const common = {
    ...{ store, clock, telemetry, memories },
    newId: () => newId() as Uuid,
    follow: freshness.follow,
  };
  const gates = createGates({ ...common, resolve: resolveLegalDates });
  const { close: closeDeletions, ...deletions } = createDeletions({
    ...{ store, scope, vault, certificates, signingKey, erasers, clock, telemetry },
    gates: createGates({ ...common, resolve: alreadyResolved }),
    refresh: freshness.refresh,
    erasures: ports.erasures,
    ...(ports.retry === undefined ? {} : { retry: ports.retry }),
    ...(ports.leases === undefined ? {} : { leases: ports.leases }),
  });

  return {
    contracts: contractCommands(gates),
    instructions: instructionCommands(gates),
    dataSets: dataSetCommands(gates),
    decide: decisions.decide,
    explain: decisions.explain,
    scopeAt: decisions.scopeAt,
    permits: createPermits({ scope, clock, freshness, staleAfterMs }),
    waitFor: scope.waitFor,
    deletions,
    vault: guardedVault(vault),
    eventStore: store,
    close: async () => {
      // First, since the step under way may need its keys.
      if (ports.leases !== undefined) await closeDeletions();
      vault.close();
      try {
        await store.close();
      } finally {
        await ports.onClose?.();
      }
    },
  };
};
