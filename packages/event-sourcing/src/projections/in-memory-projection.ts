import { isLeft } from 'fp-ts/Either';
import type { DomainEvent } from '../codecs/event-codec';
import type { EventStore, LogPage, RecordedEvent } from '../event-store/event-store';
import { EventStoreError } from '../event-store/event-store-error';
import { comparePositions, type Position } from '../event-store/position';
import { projectedEventOf, reasonOf } from './projected-event';
import type { ParkedPartition, Projection } from './projection';
import {
  projectionSnapshotsOf,
  type EventPlace,
  type ProjectionSnapshotOptions,
  type ProjectionSnapshots,
} from './projection-snapshots';

/** A projection that lives in memory and is fed from a store. */
export interface InMemoryProjection<State> {
  /** What has been folded so far. */
  readonly state: () => State;
  /** How far that is; absent before the first event. */
  readonly position: () => Position | undefined;
  /** Folds everything that the store holds by now. Calls that overlap share one pass, or queue one more. */
  readonly catchUp: () => Promise<void>;
  /**
   * Resolves once everything up to a position is folded: what was just written can then be read. Fails with
   * `position-beyond-head` when the store's log does not reach so far: it was restored from an older backup.
   */
  readonly waitFor: (position: Position | undefined) => Promise<void>;
  readonly parked: () => readonly ParkedPartition[];
  readonly isParked: (partition: string) => boolean;
}

const lastPlaceIn = ({ events }: LogPage, after: Position | undefined): EventPlace | undefined => {
  const last = events.at(-1);
  return last && { eventId: last.eventId, position: last.position, before: events.at(-2)?.position ?? after };
};

export interface InMemoryProjectionOptions<State> {
  /** Spares the next process the events that this one has folded; absent: every process begins at the first event. */
  readonly snapshots?: ProjectionSnapshotOptions<State>;
  /** Is told at once when a partition is parked, for whoever keeps something that was made from the state. */
  readonly onParked?: (parked: ParkedPartition) => void;
}

/** Feeds a projection from a store into memory. */
export const createInMemoryProjection = <State, Event extends DomainEvent>(
  store: Pick<EventStore, 'readAll'>,
  projection: Projection<State, Event>,
  options: InMemoryProjectionOptions<State> = {},
): InMemoryProjection<State> => {
  const { codec } = projection;
  const filter = { types: codec.types };
  const parked = new Map<string, ParkedPartition>();
  let state = projection.initialState();
  let position: Position | undefined;
  let pass: Promise<void> | undefined;
  let eventCount = 0;
  let last: EventPlace | undefined;
  /** Until the first pass has asked for a snapshot. */
  let unasked: ProjectionSnapshots<State> | undefined =
    options.snapshots && projectionSnapshotsOf(store, projection, options.snapshots);
  const snapshots = unasked;

  const park = (recorded: RecordedEvent, partition: string, reason: string): void => {
    const { position: at, stream, type } = recorded;
    const waiting = { partition, position: at, stream, type, reason, held: 0 };
    parked.set(partition, waiting);
    options.onParked?.(waiting);
  };

  const handle = (recorded: RecordedEvent): void => {
    const partition = projection.partitionOf(recorded);
    const waiting = parked.get(partition);
    if (waiting !== undefined) {
      parked.set(partition, { ...waiting, held: waiting.held + 1 });
      return;
    }
    const projected = projectedEventOf(codec, recorded);
    if (isLeft(projected)) {
      park(recorded, partition, projected.left);
      return;
    }
    try {
      state = projection.handle(state, projected.right);
    } catch (error) {
      park(recorded, partition, reasonOf('handling', error));
    }
  };

  const goOnFromSnapshot = async (): Promise<void> => {
    const folded = await unasked?.recall();
    unasked = undefined;
    if (folded === undefined) return;
    ({ state, eventCount, last } = folded);
    position = last.position;
  };

  /** A newer release may understand what is parked here, so a state that lacks it is not kept. */
  const keep = async (): Promise<void> => {
    if (snapshots === undefined || last === undefined || parked.size > 0) return;
    await snapshots.keep({ state, eventCount, last });
  };

  /** A page ends with this call, so that the wait for the next one keeps none of its events alive. */
  const foldPage = (page: LogPage): { readonly atHead: boolean; readonly hasGrown: boolean } => {
    const newest = lastPlaceIn(page, position);
    for (const recorded of page.events) {
      handle(recorded);
      eventCount += 1;
      // Event by event: should the projection itself fail at one, the next pass begins there.
      position = recorded.position;
    }
    position = page.next ?? position;
    if (newest !== undefined) last = newest;
    return { atHead: page.atHead, hasGrown: newest !== undefined };
  };

  const readToHead = async (): Promise<void> => {
    if (unasked !== undefined) await goOnFromSnapshot();
    for (;;) {
      const { atHead, hasGrown } = foldPage(await store.readAll({ after: position, filter }));
      if (hasGrown) await keep();
      if (atHead) return;
    }
  };

  const catchUp = async (): Promise<void> => {
    // A pass under way may have read the head before the caller's own write, so the caller needs the next one.
    if (pass !== undefined) await pass.catch(() => undefined);
    pass ??= readToHead().finally(() => (pass = undefined));
    await pass;
  };

  const isAt = (target: Position): boolean =>
    position !== undefined && comparePositions(position, target) >= 0;

  return {
    state: () => state,
    position: () => position,
    catchUp,
    waitFor: async (target) => {
      if (target === undefined || isAt(target)) return;
      await catchUp();
      if (isAt(target)) return;
      // A pass that began after the question reached the head, so the position is none of this log.
      throw new EventStoreError({ kind: 'position-beyond-head', position: target, head: position ?? 'none' });
    },
    parked: () => [...parked.values()],
    isParked: (partition) => parked.has(partition),
  };
};
