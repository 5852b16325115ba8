import { isLeft } from 'fp-ts/Either';
import type { DomainEvent } from '../codecs/event-codec';
import type { RecordedEvent } from '../event-store/event-store';
import type { Position } from '../event-store/position';
import type { JsonObject } from '../values/json';
import type { AnyDocumentProjection } from './document-projection';
import { projectedEventOf, reasonOf } from './projected-event';
import type { ProjectedEvent } from './projection';
import { placeOfDocument, type DocumentChange, type DocumentKey, type ParkedEvent } from './projection-store';

/** What a batch of events changes. */
export interface FoldedBatch {
  readonly documents: readonly DocumentChange[];
  readonly parked: readonly ParkedEvent[];
}

interface Handled {
  readonly recorded: RecordedEvent;
  readonly partition: string;
  readonly event: ProjectedEvent<DomainEvent>;
  readonly keys: readonly string[];
}

/** An event that cannot be handled, with the position before it. */
interface Poison {
  readonly recorded: RecordedEvent;
  readonly partition: string;
  readonly reason: string;
}

/** The event and the documents that it changes, or why it cannot be handled. */
const understand = (projection: AnyDocumentProjection, recorded: RecordedEvent): Handled | Poison => {
  const partition = projection.partitionOf(recorded);
  const projected = projectedEventOf(projection.codec, recorded);
  if (isLeft(projected)) return { recorded, partition, reason: projected.left };
  try {
    return { recorded, partition, event: projected.right, keys: projection.keysOf(projected.right) };
  } catch (error) {
    return { recorded, partition, reason: reasonOf('choosing its documents', error) };
  }
};

/** Documents as they are while a batch is folded. */
class Documents {
  readonly #documents = new Map<string, JsonObject | undefined>();
  readonly #changed = new Map<string, DocumentKey>();

  constructor(keys: readonly DocumentKey[], found: readonly (JsonObject | undefined)[]) {
    for (const [index, key] of keys.entries()) this.#documents.set(placeOfDocument(key), found[index]);
  }

  get(key: DocumentKey): JsonObject | undefined {
    return this.#documents.get(placeOfDocument(key));
  }

  set(key: DocumentKey, document: JsonObject | undefined): void {
    this.#documents.set(placeOfDocument(key), document);
    this.#changed.set(placeOfDocument(key), key);
  }

  changes(): readonly DocumentChange[] {
    return [...this.#changed.values()].map((key) => ({ ...key, document: this.get(key) }));
  }
}

export interface BatchToFold {
  readonly events: readonly RecordedEvent[];
  /** Where the batch begins. */
  readonly from: Position | undefined;
  /** The partitions that wait already. */
  readonly parked: readonly ParkedEvent[];
}

/** A batch whose events are read: what it needs of the documents comes first, so that the rest is pure. */
export interface PlannedBatch {
  /** The documents that it may change. */
  readonly keys: readonly DocumentKey[];
  /** Tells what it makes of them, given as they are now, in the order of `keys`. */
  readonly fold: (found: readonly (JsonObject | undefined)[]) => FoldedBatch;
}

const keysOf = (
  understood: readonly (Handled | Poison)[],
  parked: readonly ParkedEvent[],
): readonly DocumentKey[] => {
  const waiting = new Set(parked.map(({ partition }) => partition));
  const keys = new Map<string, DocumentKey>();
  for (const each of understood) {
    if (!('keys' in each) || waiting.has(each.partition)) continue;
    for (const key of each.keys) {
      const place = { partition: each.partition, key };
      keys.set(placeOfDocument(place), place);
    }
  }
  return [...keys.values()];
};

/**
 * A projection failed where no event can be blamed, as in choosing the partition. Whatever it threw, it is not the
 * store that failed, though a look-up of its own may have thrown what a store throws.
 */
class ProjectionDefect extends Error {
  override readonly name = 'ProjectionDefect';
  readonly code = 'projection-defect';

  constructor(cause: unknown) {
    super('A projection could not tell what an event is to it.', { cause });
  }
}

/** Reads the events of a batch, and tells which documents it takes to fold them. */
export const planBatch = (projection: AnyDocumentProjection, batch: BatchToFold): PlannedBatch => {
  const understood = batch.events.map((recorded) => {
    try {
      return understand(projection, recorded);
    } catch (cause) {
      throw new ProjectionDefect(cause);
    }
  });
  const keys = keysOf(understood, batch.parked);
  return {
    keys,
    fold: (found) => foldBatch(projection, { ...batch, understood, documents: new Documents(keys, found) }),
  };
};

interface BatchInFold extends BatchToFold {
  readonly understood: readonly (Handled | Poison)[];
  readonly documents: Documents;
}

const foldBatch = (
  projection: AnyDocumentProjection,
  { understood, documents, from, parked }: BatchInFold,
): FoldedBatch => {
  const waiting = new Map(parked.map((each) => [each.partition, each]));
  const isChanged = new Set<string>();

  /** The first reason why an event cannot be handled; otherwise its documents have changed. */
  const handle = ({ partition, event, keys: own }: Handled): string | undefined => {
    try {
      const changes = own.map((key) => {
        const place = { partition, key };
        return [place, projection.evolve(documents.get(place), event, key)] as const;
      });
      // All documents of an event change, or none of them.
      for (const [place, document] of changes) documents.set(place, document);
      return undefined;
    } catch (error) {
      return reasonOf('handling', error);
    }
  };

  let after = from;
  for (const each of understood) {
    const { recorded, partition } = each;
    const before = waiting.get(partition);
    const reason = before !== undefined || 'reason' in each ? undefined : handle(each);
    const poison = 'reason' in each ? each.reason : reason;
    if (before !== undefined) {
      waiting.set(partition, { ...before, held: before.held + 1 });
      isChanged.add(partition);
    } else if (poison !== undefined) {
      const { position, stream, type } = recorded;
      const place = after === undefined ? {} : { after };
      waiting.set(partition, { partition, position, ...place, stream, type, reason: poison, held: 0 });
      isChanged.add(partition);
    }
    after = recorded.position;
  }
  return {
    documents: documents.changes(),
    parked: [...waiting.values()].filter(({ partition }) => isChanged.has(partition)),
  };
};
