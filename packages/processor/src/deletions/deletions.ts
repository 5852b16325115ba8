import { deletionProcess, type Deletion, type DeletionState } from '@mandate/deletion';
import {
  createProcessRunner,
  isUuid,
  type JsonObject,
  type LeaseOptions,
  type OutstandingEffect,
  type ProcessRunner,
  type RetryPolicy,
  type Telemetry,
  type Uuid,
} from '@mandate/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import { alarmsIn, deletionOverview } from './deletion-overview';
import { deletionSteps, type DeletionPorts } from './deletion-steps';
import { keepRunning } from './keep-running';
import type { DeletionProgress, Deletions, DeletionStepProgress, OutstandingDeletion } from '../processor';

export interface DeletionsOptions extends Omit<DeletionPorts, 'caseOf'> {
  readonly retry?: RetryPolicy;
  readonly telemetry: Telemetry;
  /** Which of several processes acts. */
  readonly leases?: Omit<LeaseOptions, 'onWait'>;
  /** Brings the read side up to date. */
  readonly refresh: () => Promise<void>;
}

/** The step, and what it concerns. */
const subjectOf = (deletion: Deletion): Omit<DeletionStepProgress, 'outcome' | 'error'> => ({
  step: deletion.step,
  contractId: deletion.contractId,
  ...('dataSetId' in deletion ? { dataSetId: deletion.dataSetId } : {}),
  ...('store' in deletion ? { store: deletion.store.name } : {}),
});

const outstandingDeletion = (outstanding: OutstandingEffect<Deletion>): OutstandingDeletion => {
  const { instanceId, effectId, effect, attempts, retryAt, parked } = outstanding;
  return {
    effectId,
    ...subjectOf(effect),
    contractId: instanceId,
    attempts,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(parked === undefined ? {} : { parked }),
  };
};

/** How long closing waits for a step: as long as others wait for the lease of somebody who is gone. */
const closingMsMax = 5000;

/** Runs the deletion process on the store and the ports of this processor. */
export const createDeletions = ({
  retry,
  leases,
  refresh,
  ...ports
}: DeletionsOptions): Deletions & {
  /** Ends the run under way after the step it is at, so that another process need not wait. */
  readonly close: () => Promise<void>;
} => {
  const listeners = new Set<(progress: DeletionProgress) => void>();
  const tell = (progress: DeletionProgress): void => {
    for (const listener of listeners) listener(progress);
  };
  const runner: ProcessRunner<DeletionState, Deletion & JsonObject> = createProcessRunner({
    store: ports.store,
    manager: deletionProcess,
    clock: ports.clock,
    telemetry: ports.telemetry,
    handle: deletionSteps({
      ...ports,
      caseOf: (contractId) => {
        const state = runner.instance(contractId as string as Uuid)?.state;
        return state?.status === 'known' ? state.case : undefined;
      },
    }),
    ...(retry === undefined ? {} : { retry }),
    onEffect: (deletion, outcome, thrown) => {
      const error = thrown === undefined ? {} : { error: thrown };
      tell({ ...subjectOf(deletion), outcome, ...error });
    },
    ...(leases === undefined
      ? {}
      : {
          leases: {
            ...leases,
            onWait: ({ heldUntil }) => {
              tell({ step: 'await-other-process', outcome: 'waiting', until: heldUntil });
            },
          },
        }),
  });

  const run: Deletions['run'] = async ({ signal, onProgress } = {}) => {
    const listener = onProgress ?? (() => undefined);
    listeners.add(listener);
    try {
      await refresh();
      await runner.run(signal);
    } finally {
      listeners.delete(listener);
    }
  };

  const overview: Deletions['overview'] = () =>
    [...runner.instances().values()].flatMap(
      ({ state }) =>
        (state.status === 'known' ? deletionOverview(state.case, ports.clock()) : undefined) ?? [],
    );

  return {
    run,
    keepRunning: (options) => keepRunning({ run, alarms: () => alarmsIn(overview()) }, options),
    overview,
    nextDueAt: runner.nextDueAt,
    outstanding: () => runner.outstanding().map(outstandingDeletion),
    setAside: () => runner.setAside().map(({ instanceId, cause }) => ({ contractId: instanceId, cause })),
    retry: async (contractId, effectId) => {
      if (isUuid(contractId) && isUuid(effectId)) await runner.unpark(contractId, effectId);
    },
    certificate: ports.certificates.get,
    close: async () => {
      const timer = new AbortController();
      const tooLong = pause(closingMsMax, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([runner.close(), tooLong]);
      timer.abort();
    },
  };
};
