import type { Clock, Instant } from './instant';
import type { ProcessInstance } from './process-instance';
import type { ProcessEvent } from './process-record';
import { derivedUuid, type Uuid } from './uuid';

/** How often one deadline may be reached at one instant within one run. */
const repetitionsMax = 100;

/**
 * A process sets a deadline again and again at an instant that has passed. That is a mistake of the process, and
 * would fill the store until somebody stops it.
 */
export class DeadlineLoopError extends Error {
  override readonly name = 'DeadlineLoopError';
  readonly code = 'deadline-loop';
}

/** Tells that error from any other, also when two copies of this package are installed. */
export const isDeadlineLoopError = (error: unknown): error is DeadlineLoopError =>
  error instanceof Error && 'code' in error && error.code === 'deadline-loop';

export interface ProcessDeadlinesOptions {
  readonly instances: ReadonlyMap<Uuid, Pick<ProcessInstance<unknown, unknown>, 'deadlines' | 'pending'>>;
  readonly clock: Clock;
  /** Adds to an instance's record what a look at it as it is then gives. */
  readonly extend: (
    instanceId: Uuid,
    trigger: Uuid,
    entryFor: (instance: Pick<ProcessInstance<unknown, unknown>, 'deadlines'>) => ProcessEvent | undefined,
  ) => Promise<boolean>;
}

/** What one run knows of the deadlines it has fired, to find out when it goes in a circle. */
export type FiredDeadlines = Map<string, number>;

export interface ProcessDeadlines {
  /** Fires every deadline that has come; tells whether there was one. */
  readonly fire: (fired: FiredDeadlines) => Promise<boolean>;
  /** When the next deadline or retry comes; absent: never. */
  readonly nextDueAt: () => Instant | undefined;
}

const byInstant = ([, one]: readonly [string, Instant], [, other]: readonly [string, Instant]): number =>
  one < other ? -1 : Number(one > other);

/** Watches over the deadlines of a process's instances. They are part of the record, so none is ever lost. */
export const createProcessDeadlines = ({
  instances,
  clock,
  extend,
}: ProcessDeadlinesOptions): ProcessDeadlines => {
  const reach = async (instanceId: Uuid, deadline: string, dueAt: Instant): Promise<boolean> =>
    extend(instanceId, derivedUuid(`deadline/${deadline}/${dueAt}`, instanceId), ({ deadlines }) =>
      deadlines.get(deadline) === dueAt ? { type: 'DeadlineReached', data: { deadline, dueAt } } : undefined,
    );

  const fire: ProcessDeadlines['fire'] = async (fired) => {
    let isBusy = false;
    for (const [instanceId, { deadlines }] of [...instances]) {
      // In the order in which they fell due, however late this is.
      for (const [deadline, dueAt] of [...deadlines].toSorted(byInstant)) {
        if (clock() < dueAt || !(await reach(instanceId, deadline, dueAt))) continue;
        isBusy = true;
        const key = `${instanceId}/${deadline}/${dueAt}`;
        const times = (fired.get(key) ?? 0) + 1;
        fired.set(key, times);
        if (times <= repetitionsMax) continue;
        throw new DeadlineLoopError(
          `Instance ${instanceId} set deadline ${deadline} at ${dueAt} again each time it was reached. ` +
            'Have the process set a deadline only while it lies ahead.',
        );
      }
    }
    return isBusy;
  };

  return {
    fire,
    nextDueAt: () =>
      [...instances.values()]
        .flatMap(({ deadlines, pending }) => [
          ...deadlines.values(),
          ...[...pending.values()].flatMap(({ retryAt, parked }) =>
            retryAt === undefined || parked !== undefined ? [] : [retryAt],
          ),
        ])
        .toSorted()[0],
  };
};
