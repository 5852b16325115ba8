import { deletionProcess, type Deletion, type DeletionState } from '@mandate/deletion';
import {
  createProcessRunner,
  isUuid,
  type JsonObject,
  type OutstandingEffect,
  type ProcessRunner,
  type RetryPolicy,
  type Uuid,
} from '@mandate/event-sourcing';
import { deletionSteps, type DeletionPorts } from './deletion-steps';
import { keepRunning } from './keep-running';
import type { DeletionProgress, Deletions, OutstandingDeletion } from '../processor';

export interface DeletionsOptions extends Omit<DeletionPorts, 'caseOf'> {
  readonly retry?: RetryPolicy;
  /** Brings the read side up to date. */
  readonly refresh: () => Promise<void>;
}

/** The step, and what it concerns. */
const subjectOf = (deletion: Deletion): Omit<DeletionProgress, 'outcome' | 'error'> => ({
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

/** Runs the deletion process on the store and the ports of this processor. */
export const createDeletions = ({ retry, refresh, ...ports }: DeletionsOptions): Deletions => {
  const listeners = new Set<(progress: DeletionProgress) => void>();
  const runner: ProcessRunner<DeletionState, Deletion & JsonObject> = createProcessRunner({
    store: ports.store,
    manager: deletionProcess,
    clock: ports.clock,
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
      for (const listener of listeners) listener({ ...subjectOf(deletion), outcome, ...error });
    },
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

  return {
    run,
    keepRunning: (options) => keepRunning(run, options),
    nextDueAt: runner.nextDueAt,
    outstanding: () => runner.outstanding().map(outstandingDeletion),
    setAside: () => runner.setAside().map(({ instanceId, cause }) => ({ contractId: instanceId, cause })),
    retry: async (contractId, effectId) => {
      if (isUuid(contractId) && isUuid(effectId)) await runner.unpark(contractId, effectId);
    },
    certificate: ports.certificates.get,
  };
};
