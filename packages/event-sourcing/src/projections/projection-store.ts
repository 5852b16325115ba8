import type { Position } from '../event-store/position';
import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { Uuid } from '../values/uuid';

/** One attempt at building a projection from the log; a rebuild, or a new version, begins the next one. */
export interface GenerationId {
  readonly name: string;
  /** Counted from 1. */
  readonly generation: number;
}

/**
 * - `booting`: reads the history, nobody asks it yet;
 * - `active`: follows the log;
 * - `paused`: a person stopped it;
 * - `error`: its last attempt failed, and it is tried again at `retryAt`;
 * - `detached`: no running software knows its definition any more.
 */
export type GenerationStatus = 'booting' | 'active' | 'paused' | 'error' | 'detached';

/** Why the last attempt failed, and when the next one comes. */
export interface GenerationFailure {
  /** A code like `unavailable`, never a message. */
  readonly code: string;
  readonly attempts: number;
  readonly retryAt: Instant;
}

/** An event that could not be handled; its partition waits before it. */
export interface ParkedEvent {
  readonly partition: string;
  readonly position: Position;
  /** A position before it, and after everything that its partition has handled; absent: the beginning of the log. */
  readonly after?: Position;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  /** How many later events of the partition wait behind it. */
  readonly held: number;
}

/** What is on record of a generation. */
export interface Generation extends GenerationId {
  /** The version of the definition that it is built with. */
  readonly version: number;
  readonly status: GenerationStatus;
  /** Whether it is the one that readers ask; one of each name at most. */
  readonly isLive: boolean;
  /** How far it has read; absent: nothing yet. */
  readonly position?: Position;
  /**
   * Grows with every change of hands, and with nothing else; whoever writes with an older one is too late. A number
   * that was used never comes back, also when the generation is removed and begun anew.
   */
  readonly epoch: number;
  readonly holder?: Uuid;
  readonly heldUntil?: Instant;
  readonly failure?: GenerationFailure;
  readonly parked: readonly ParkedEvent[];
}

/** The place of a document. */
export interface DocumentKey {
  readonly partition: string;
  readonly key: string;
}

/** One text for each place, so that documents can be found by it. */
export const placeOfDocument = ({ partition, key }: DocumentKey): string => JSON.stringify([partition, key]);

/** A document as it is to be from now on; absent: there is none any more. */
export interface DocumentChange extends DocumentKey {
  readonly document: JsonObject | undefined;
}

/** Who wants to work on a generation, and until when nobody else may. */
export interface Claim {
  readonly holder: Uuid;
  readonly now: Instant;
  readonly until: Instant;
}

/** Everything that one batch of events changes: kept whole or not at all. */
export interface ProjectionCommit {
  /** What the writer knows: both must still be so, or nothing is written. */
  readonly epoch: number;
  readonly from: Position | undefined;
  readonly to: Position | undefined;
  readonly documents: readonly DocumentChange[];
  /** Partitions that wait from now on, or for more events than before. */
  readonly parked: readonly ParkedEvent[];
  /** Partitions that wait no longer, unless they are among `parked`, too. */
  readonly unparked: readonly string[];
  /** The claim, if there still is one, is renewed until then. */
  readonly heldUntil: Instant;
}

/** From what to what the status changes; `failure` absent: there is none any more. */
export interface StatusChange {
  readonly from: GenerationStatus;
  readonly to: GenerationStatus;
  readonly failure?: GenerationFailure;
}

export type StoredDocument =
  | { readonly state: 'found'; readonly document: JsonObject; readonly position: Position | undefined }
  | { readonly state: 'absent'; readonly position: Position | undefined }
  /** Its partition waits at an event that could not be handled: whatever is known of it may be out of date. */
  | { readonly state: 'parked'; readonly parked: ParkedEvent }
  /** There is no live generation to ask. */
  | { readonly state: 'unknown' };

/**
 * Keeps what projections have made of the log, and how far they are. Every method happens whole or not at all, also
 * when the process dies in it. Rejects with an `EventStoreError` (`unavailable`, `store-closed`, and `corrupt` where
 * something is stored that no projection store has written).
 */
export interface ProjectionStore {
  /** All generations of all projections, in the order of their names and numbers. */
  generations(): Promise<readonly Generation[]>;
  /** Begins a generation, as `booting`; false when that number is taken. */
  create(id: GenerationId, version: number): Promise<boolean>;
  /**
   * Takes a generation over, unless somebody else holds it; answers with it as it is then, under a new epoch if it
   * changed hands.
   */
  claim(id: GenerationId, claim: Claim): Promise<Generation | undefined>;
  /** Lets go of a generation, so that the next one need not wait; whoever takes it then, it has changed hands. */
  release(id: GenerationId, epoch: number): Promise<void>;
  /** The documents that there are under some keys, in their order. */
  load(id: GenerationId, keys: readonly DocumentKey[]): Promise<readonly (JsonObject | undefined)[]>;
  /** Writes a batch. False when the writer is too late (another epoch, another position), or it was paused. */
  commit(id: GenerationId, commit: ProjectionCommit): Promise<boolean>;
  /** Changes how a generation stands; false when it is not as the caller believes by now. */
  setStatus(id: GenerationId, epoch: number, change: StatusChange): Promise<boolean>;
  /**
   * Makes a booting or active generation the live one of its name and `active`, at once. False when it stands
   * otherwise, when the epoch is another by now, and when a later one is live that is not `detached`.
   */
  makeLive(id: GenerationId, epoch: number): Promise<boolean>;
  /** Removes a generation with its documents and parked events, if it is there; false for the live one. */
  remove(id: GenerationId): Promise<boolean>;
  /** What the live generation of a name knows under a key. */
  read(name: string, key: DocumentKey): Promise<StoredDocument>;
  /** Gives back what the store holds open. Every later call fails with `store-closed`, but for this one. */
  close(): Promise<void>;
}
