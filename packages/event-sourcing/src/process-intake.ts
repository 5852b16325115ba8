import { decodeRecorded, type DomainEvent, type EventCodec } from './event-codec';
import type { EventStore, RecordedEvent } from './event-store';
import type { Position } from './position';
import type { Uuid } from './uuid';

/** What became of an input: on record now, on record before, or to wait until a person has looked at its instance. */
export type TakenIn = 'taken' | 'known' | 'held';

export interface ProcessIntakeOptions<Event extends DomainEvent> {
  readonly store: EventStore;
  readonly manager: {
    readonly codec: EventCodec<Event>;
    readonly instanceOf: (event: Event) => Uuid | undefined;
  };
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
  takeIn,
}: ProcessIntakeOptions<Event>): ProcessIntake => {
  const filter = { types: manager.codec.types };
  // What is held is on no record but the log itself: after a restart it is read and held again.
  const held = new Map<Uuid, readonly RecordedEvent[]>();
  let position: Position | undefined;

  const bring = async (recorded: RecordedEvent): Promise<boolean> => {
    const instanceId = manager.instanceOf(decodeRecorded(manager.codec, recorded));
    if (instanceId === undefined) return false;
    const waiting = held.get(instanceId);
    const taken = waiting === undefined ? await takeIn(instanceId, recorded) : 'held';
    if (taken === 'held') held.set(instanceId, [...(waiting ?? []), recorded]);
    return taken === 'taken';
  };

  const release = async (instanceId: Uuid, events: readonly RecordedEvent[]): Promise<boolean> => {
    let isBusy = false;
    for (const [index, recorded] of events.entries()) {
      const taken = await takeIn(instanceId, recorded);
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
