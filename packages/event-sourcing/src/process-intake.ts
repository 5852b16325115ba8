import { decodeRecorded, type DomainEvent, type EventCodec } from './event-codec';
import type { EventStore, RecordedEvent } from './event-store';
import type { Position } from './position';
import type { Uuid } from './uuid';

export interface ProcessIntakeOptions<Event extends DomainEvent> {
  readonly store: EventStore;
  readonly manager: {
    readonly codec: EventCodec<Event>;
    readonly instanceOf: (event: Event) => Uuid | undefined;
  };
  /** Whether an instance waits for a person; its inputs then wait, too, in their order. */
  readonly isHolding: (instanceId: Uuid) => boolean;
  /** Puts an input on an instance's record, unless it is there; tells whether it did. */
  readonly takeIn: (instanceId: Uuid, recorded: RecordedEvent) => Promise<boolean>;
}

/** Brings events to the instances they concern: in order, each once. Both calls tell whether they did anything. */
export interface ProcessIntake {
  readonly takeInNew: (signal: AbortSignal | undefined) => Promise<boolean>;
  readonly releaseHeld: () => Promise<boolean>;
}

export const createProcessIntake = <Event extends DomainEvent>({
  store,
  manager,
  isHolding,
  takeIn,
}: ProcessIntakeOptions<Event>): ProcessIntake => {
  const filter = { types: manager.codec.types };
  // What is held is on no record but the log itself: after a restart it is read and held again.
  const held = new Map<Uuid, RecordedEvent[]>();
  let position: Position | undefined;

  const bring = async (recorded: RecordedEvent): Promise<boolean> => {
    const instanceId = manager.instanceOf(decodeRecorded(manager.codec, recorded));
    if (instanceId === undefined) return false;
    const waiting = held.get(instanceId);
    if (waiting === undefined && !isHolding(instanceId)) return takeIn(instanceId, recorded);
    held.set(instanceId, [...(waiting ?? []), recorded]);
    return false;
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
      for (const [instanceId, events] of [...held]) {
        if (isHolding(instanceId)) continue;
        for (const recorded of events) isBusy = (await takeIn(instanceId, recorded)) || isBusy;
        held.delete(instanceId);
      }
      return isBusy;
    },
  };
};
