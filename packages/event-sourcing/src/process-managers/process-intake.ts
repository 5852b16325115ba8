import { isRight } from 'fp-ts/Either';
import { corruptEventError, type DomainEvent } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import type { Position } from '../event-store/position';
import type { ProcessManager } from './process-manager';
import type { SetAside } from './process-set-aside';
import type { Uuid } from '../values/uuid';

/** What became of an input: on record now, on record before, or to wait until a person has looked at its instance. */
export type TakenIn = 'taken' | 'known' | 'held';

export interface ProcessIntakeOptions<Event extends DomainEvent> {
  readonly store: EventStore;
  readonly manager: Pick<
    ProcessManager<Event, never, never>,
    'codec' | 'instanceOf' | 'instanceOfUnreadable'
  >;
  readonly setAside: SetAside;
  /** Puts an input on an instance's record, unless it is there, or the instance waits for a person. */
  readonly takeIn: (instanceId: Uuid, recorded: RecordedEvent) => Promise<TakenIn>;
}

/** Brings events to the instances they concern: in order, each once. Both calls tell whether they did anything. */
export interface ProcessIntake {
  readonly takeInNew: (signal: AbortSignal | undefined) => Promise<boolean>;
  readonly releaseHeld: () => Promise<boolean>;
}

export const createProcessIntake = <Event extends DomainEvent>({
  store,
  manager,
  setAside,
  takeIn,
}: ProcessIntakeOptions<Event>): ProcessIntake => {
  const filter = { types: manager.codec.types };
  // What is held is on no record but the log itself: after a restart it is read and held again.
  const held = new Map<Uuid, RecordedEvent[]>();
  let position: Position | undefined;

  /** The instance that an event concerns. An instance does nothing more once there is an event it cannot read. */
  const instanceOf = (recorded: RecordedEvent): Uuid | undefined => {
    const decoded = manager.codec.decode(recorded);
    if (isRight(decoded)) return manager.instanceOf(decoded.right);
    const instanceId = manager.instanceOfUnreadable?.(recorded);
    const error = corruptEventError(recorded, decoded.left);
    if (instanceId === undefined) throw error;
    setAside.addUnreadable(instanceId, error);
    return instanceId;
  };

  const tell = (instanceId: Uuid, recorded: RecordedEvent): Promise<TakenIn> =>
    setAside.unless<TakenIn>(instanceId, 'held', () => takeIn(instanceId, recorded));

  const bring = async (recorded: RecordedEvent): Promise<boolean> => {
    const instanceId = instanceOf(recorded);
    if (instanceId === undefined) return false;
    const waiting = held.get(instanceId);
    const taken = waiting === undefined ? await tell(instanceId, recorded) : 'held';
    if (waiting !== undefined) waiting.push(recorded);
    else if (taken === 'held') held.set(instanceId, [recorded]);
    return taken === 'taken';
  };

  const release = async (instanceId: Uuid, events: readonly RecordedEvent[]): Promise<boolean> => {
    let isBusy = false;
    for (const [index, recorded] of events.entries()) {
      const taken = await tell(instanceId, recorded);
      isBusy = taken === 'taken' || isBusy;
      if (taken !== 'held') continue;
      held.set(instanceId, events.slice(index));
      return isBusy;
    }
    held.delete(instanceId);
    return isBusy;
  };

  return {
    takeInNew: async (signal) => {
      let isBusy = false;
      while (signal?.aborted !== true) {
        const page = await store.readAll({ after: position, filter });
        for (const recorded of page.events) {
          isBusy = (await bring(recorded)) || isBusy;
          position = recorded.position;
        }
        position = page.next ?? position;
        if (page.atHead) break;
      }
      return isBusy;
    },
    releaseHeld: async () => {
      let isBusy = false;
      for (const [instanceId, events] of [...held]) isBusy = (await release(instanceId, events)) || isBusy;
      return isBusy;
    },
  };
};
