import { isEventStoreError, type EventStoreFailure } from '../event-store/event-store-error';
import { isLeaseLostError } from '../leases/lease-lost-error';
import { isDeadlineLoopError } from './deadline-loop-error';
import type { Uuid } from '../values/uuid';

/** An instance that cannot go on, and why; the others do. */
export interface SetAsideInstance {
  readonly instanceId: Uuid;
  /** An event that cannot be read (`corrupt`, with its position), or what the process manager threw. */
  readonly cause: unknown;
}

const sentenceOf = ({ instanceId, cause }: SetAsideInstance): string => {
  if (isEventStoreError(cause) || isDeadlineLoopError(cause)) return `${instanceId}: ${cause.message}`;
  // The message of a foreign error may quote what it was given.
  return `${instanceId}: its process threw ${cause instanceof Error ? cause.name : 'something that is no error'}.`;
};

/** Rejects a run in which every instance was looked at, but some could not go on; `instances` says which and why. */
export class InstancesSetAsideError extends Error {
  override readonly name = 'InstancesSetAsideError';
  readonly code = 'instances-set-aside';
  readonly instances: readonly SetAsideInstance[];

  constructor(process: string, instances: readonly SetAsideInstance[]) {
    super(
      `${instances.length} of the instances of process ${process} cannot go on, and do nothing until that is mended; ` +
        `all others went on. ${instances.map(sentenceOf).join(' ')}`,
    );
    this.instances = instances;
  }
}

/** Tells that error from any other, also when two copies of this package are installed. */
export const isInstancesSetAsideError = (error: unknown): error is InstancesSetAsideError =>
  error instanceof Error && 'code' in error && error.code === 'instances-set-aside';

/** Failures that come from what one instance wrote or was told; any other concerns the store, and so every instance. */
const ofOneInstance: ReadonlySet<EventStoreFailure['kind']> = new Set<EventStoreFailure['kind']>([
  'corrupt',
  'too-large',
  'invalid-append',
  'duplicate-event-id',
  'stream-closed',
]);

const concernsOne = (error: unknown): boolean =>
  isEventStoreError(error) ? ofOneInstance.has(error.code) : !isLeaseLostError(error);

/** Which instances of a process do nothing more. */
export interface SetAside {
  readonly has: (instanceId: Uuid) => boolean;
  /** Whether something on record cannot be read: nothing but a repair and a restart can help. */
  readonly isUnreadable: (instanceId: Uuid) => boolean;
  readonly addUnreadable: (instanceId: Uuid, cause: unknown) => void;
  readonly all: () => readonly SetAsideInstance[];
  /** A new run begins: whoever failed in the last one may try again. */
  readonly restart: () => void;
  /** Does something for an instance; when that fails for a cause of its own, sets it aside and answers `otherwise`. */
  readonly unless: <T>(instanceId: Uuid, otherwise: T, work: () => Promise<T>) => Promise<T>;
}

export const createSetAside = (): SetAside => {
  const unreadable = new Map<Uuid, unknown>();
  const failed = new Map<Uuid, unknown>();
  const has = (instanceId: Uuid): boolean => unreadable.has(instanceId) || failed.has(instanceId);
  return {
    has,
    isUnreadable: (instanceId) => unreadable.has(instanceId),
    addUnreadable: (instanceId, cause) => {
      if (!unreadable.has(instanceId)) unreadable.set(instanceId, cause);
    },
    all: () => [...new Map([...failed, ...unreadable])].map(([instanceId, cause]) => ({ instanceId, cause })),
    restart: () => failed.clear(),
    unless: async (instanceId, otherwise, work) => {
      if (has(instanceId)) return otherwise;
      try {
        return await work();
      } catch (error) {
        if (!concernsOne(error)) throw error;
        failed.set(instanceId, error);
        return otherwise;
      }
    },
  };
};
