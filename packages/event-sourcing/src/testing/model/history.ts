import { isWanted } from '../../event-store/event-filter';
import type {
  EventFilter,
  EventToAppend,
  RecordedEvent,
  StoreCapabilities,
  Version,
} from '../../event-store/event-store';
import type { Position } from '../../event-store/position';
import { derivedUuid, type Uuid } from '../../values/uuid';

/** An event of the reference list, and between which moments a store has to show it. */
export interface Entry {
  readonly event: RecordedEvent;
  readonly recordedAt: number;
  readonly erasedAt: number | undefined;
}

/** An append that happened, to be repeated. */
export interface KnownAppend {
  readonly stream: string;
  readonly expected: Version;
  readonly events: readonly EventToAppend[];
}

const namespace = '00000000-0000-4000-8000-000000000000' as Uuid;

/**
 * What a store should hold: a plain list of everything that was ever recorded, in order. What is erased stays in it,
 * marked, since its places in the log stay good to read on from.
 */
export class History {
  readonly capabilities: StoreCapabilities;
  readonly appends: KnownAppend[] = [];
  readonly #erased = new Set<string>();
  #entries: readonly Entry[] = [];
  #moments = 0;
  #ids = 0;

  constructor(capabilities: StoreCapabilities) {
    this.capabilities = capabilities;
  }

  /** A moment later than every one before. */
  moment(): number {
    return (this.#moments += 1);
  }

  /** An id that no other event of this history has; the same in every run of it. */
  newId(): Uuid {
    return derivedUuid(String((this.#ids += 1)), namespace);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  isErased(stream: string): boolean {
    return this.#erased.has(stream);
  }

  /** What a stream holds now. */
  streamOf(stream: string): readonly RecordedEvent[] {
    return this.#present((event) => event.stream === stream);
  }

  versionOf(stream: string): Version {
    return this.streamOf(stream).length;
  }

  streams(): readonly string[] {
    return [...new Set(this.#present(() => true).map(({ stream }) => stream))];
  }

  /** Where to read on, by any number: the place of any event, erased or not, or the beginning. */
  startOf(which: number): { readonly after: Position | undefined; readonly index: number } {
    const index = which % (this.#entries.length + 1);
    return { after: this.#entries[index - 1]?.event.position, index };
  }

  /** What the log holds now, from that place of the list on. */
  logFrom(index: number, filter: EventFilter): readonly RecordedEvent[] {
    const later = new Set(this.#entries.slice(index).map(({ event }) => event));
    return this.#present((event) => later.has(event) && isWanted(filter, event));
  }

  /** One of the events that are there, by any number. */
  pick(which: number): RecordedEvent | undefined {
    const present = this.#present(() => true);
    return present[which % Math.max(1, present.length)];
  }

  record(append: KnownAppend, recorded: readonly RecordedEvent[]): void {
    const recordedAt = this.moment();
    this.#entries = [
      ...this.#entries,
      ...recorded.map((event) => ({ event, recordedAt, erasedAt: undefined })),
    ];
    this.appends.push(append);
  }

  erase(stream: string): void {
    const erasedAt = this.moment();
    this.#erased.add(stream);
    this.#entries = this.#entries.map((entry) =>
      entry.event.stream === stream ? { ...entry, erasedAt: entry.erasedAt ?? erasedAt } : entry,
    );
  }

  #present(isMeant: (event: RecordedEvent) => boolean): readonly RecordedEvent[] {
    return this.#entries
      .filter(({ event, erasedAt }) => erasedAt === undefined && isMeant(event))
      .map(({ event }) => event);
  }
}
