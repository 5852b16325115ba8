import type { Clock, Instant } from '../values/instant';
import { DeadlineLoopError } from './deadline-loop-error';
import type { ProcessInstance } from './process-instance';
import type { ProcessEvent } from './process-record';
import type { SetAside } from './process-set-aside';
import { derivedUuid, type Uuid } from '../values/uuid';

/** How often one deadline may be reached at one instant within one run. */
const repetitionsMax = 100;

export interface ProcessDeadlinesOptions {
  readonly instances: ReadonlyMap<Uuid, Pick<ProcessInstance<unknown, unknown>, 'deadlines' | 'pending'>>;
  readonly setAside: SetAside;
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
  setAside,
  clock,
  extend,
}: ProcessDeadlinesOptions): ProcessDeadlines => {
  const reach = async (instanceId: Uuid, deadline: string, dueAt: Instant): Promise<boolean> =>
    extend(instanceId, derivedUuid(`deadline/${deadline}/${dueAt}`, instanceId), ({ deadlines }) =>
      deadlines.get(deadline) === dueAt ? { type: 'DeadlineReached', data: { deadline, dueAt } } : undefined,
    );

  const countLoops = (fired: FiredDeadlines, instanceId: Uuid, deadline: string, dueAt: Instant): void => {
    const key = `${instanceId}/${deadline}/${dueAt}`;
    const times = (fired.get(key) ?? 0) + 1;
    fired.set(key, times);
    if (times <= repetitionsMax) return;
    throw new DeadlineLoopError(
      `Instance ${instanceId} set deadline ${deadline} at ${dueAt} again each time it was reached. ` +
        'Have the process set a deadline only while it lies ahead.',
    );
  };

  const fire: ProcessDeadlines['fire'] = async (fired) => {
    let isBusy = false;
    for (const [instanceId, { deadlines }] of [...instances]) {
      // In the order in which they fell due, however late this is.
      for (const [deadline, dueAt] of [...deadlines].toSorted(byInstant)) {
        if (clock() < dueAt) continue;
        const isReached = await setAside.unless(instanceId, false, async () => {
          const isFirst = await reach(instanceId, deadline, dueAt);
          if (isFirst) countLoops(fired, instanceId, deadline, dueAt);
          return isFirst;
        });
        isBusy = isReached || isBusy;
      }
    }
    return isBusy;
  };

  return {
    fire,
    nextDueAt: () =>
      [...instances]
        .filter(([instanceId]) => !setAside.has(instanceId))
        .flatMap(([, { deadlines, pending }]) => [
          ...deadlines.values(),
          ...[...pending.values()].flatMap(({ retryAt, parked }) =>
            retryAt === undefined || parked !== undefined ? [] : [retryAt],
          ),
        ])
        .toSorted()[0],
  };
};
