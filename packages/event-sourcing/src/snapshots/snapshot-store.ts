import type { Position } from '../event-store/position';
import type { Uuid } from '../values/uuid';

/**
 * A state as it was folded from events, kept so that the next fold need not begin at the first one. It holds what the
 * events hold, in another form: no personal data.
 */
export interface Snapshot {
  /** The version of the definition that made the state: of a decider's codec, or of a projection. */
  readonly definitionVersion: number;
  /** How many events it was folded from; of one stream this is the version of the stream. */
  readonly eventCount: number;
  /** The last of them, and its place, which names the store. */
  readonly lastEventId: Uuid;
  readonly position: Position;
  /** The state as JSON text, and what else belongs to it. */
  readonly content: string;
  /** SHA-256 of the name and of everything else, in hexadecimal digits. */
  readonly digest: string;
}

export interface SnapshotReading {
  readonly snapshot: Snapshot | undefined;
  /** How often all snapshots have been removed, as a number that grows. */
  readonly epoch: number;
}

/**
 * Keeps snapshots by name. Nothing depends on them: whoever reads one sees for himself whether it fits, and begins at
 * the first event if it does not. Every method rejects with an `EventStoreError` (`unavailable`, `store-closed`).
 */
export interface SnapshotStore {
  read(name: string): Promise<SnapshotReading>;

  /**
   * Keeps a snapshot in place of the one before. Answers `false`, and keeps nothing, when all snapshots were removed
   * since the epoch was read: the state may have been folded from events that are erased by now.
   */
  write(name: string, snapshot: Snapshot, epoch: number): Promise<boolean>;

  /**
   * Removes every snapshot for good, bytes included, and refuses those that are under way. To be called when a stream
   * was erased; `eraseWithSnapshots` does.
   */
  removeAll(): Promise<void>;

  /** Lets go of everything it holds. Later calls fail with `store-closed`; closing twice does no harm. */
  close(): Promise<void>;
}
