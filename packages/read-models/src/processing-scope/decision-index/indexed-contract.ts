import type { ContractScope, DataSetId } from '@mandate/domain';
import { epochMillisecondsOf, type Instant, type Position } from '@mandate/event-sourcing';
import { eventsKnownAt, scopeAfter, type ContractHistory, type KnownEvent } from '../state';
import { CompiledScope } from './compiled-scope';
import { countUpTo } from './count-up-to';
import type { Giver } from './permit';

/** What a past takes beside what its scope holds, in entries. */
const entriesOfAny = 16;

/**
 * Bounds what the compiled pasts of an index's contracts take together, by how much their scopes hold: a few of a contract
 * with many data sets take as much memory as very many of small ones.
 */
export class KeptPasts {
  readonly #entriesMax: number;
  #entries = 0;
  #era = 0;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** What was kept in an earlier era is not kept any more: to forget everything at once takes no time of those who ask. */
  get era(): number {
    return this.#era;
  }

  add({ dataSets, instructions, subProcessors }: ContractScope): void {
    const added = entriesOfAny + dataSets.size + instructions.size + subProcessors.size;
    this.#entries += added;
    if (this.#entries <= this.#entriesMax) return;
    this.#entries = added;
    this.#era += 1;
  }
}

export interface IndexOfContract {
  readonly historyOf: () => ContractHistory | undefined;
  readonly giver: Giver;
  readonly keptPasts: KeptPasts;
}

/**
 * What was compiled of one contract's history: as of now, and as of what was on record at some time. A history is only
 * ever added to, so what its first events come to stays right.
 */
export class IndexedContract {
  readonly #index: IndexOfContract;
  #history: ContractHistory | undefined;
  #current: CompiledScope | undefined;
  /** Since when each event is on record, in milliseconds since 1970. */
  readonly #recordedMs: number[] = [];
  #pasts: (CompiledScope | undefined)[] = [];
  #eraOfPasts = 0;

  constructor(index: IndexOfContract) {
    this.#index = index;
  }

  /** By everything on record; nothing before the contract is concluded. */
  current(): CompiledScope | undefined {
    return this.#current ?? this.#compileCurrent();
  }

  /** By what was on record at an instant, in milliseconds since 1970. */
  knownAtMs(knownAtMs: number): CompiledScope | undefined {
    const events = this.#events();
    const recordedMs = this.#recordedMs;
    for (let index = recordedMs.length; index < events.length; index += 1) {
      const event = events[index];
      if (event !== undefined) recordedMs.push(epochMillisecondsOf(event.recordedAt));
    }
    return this.#after(countUpTo(knownAtMs, recordedMs));
  }

  /** By what was on record at an instant, or up to a position. */
  knownAt(knownAt: Instant | Position): CompiledScope | undefined {
    return this.#after(eventsKnownAt(this.#events(), knownAt));
  }

  /** The history goes on: takes back every permit, and tells of which data sets there were cells. */
  forget(): readonly DataSetId[] {
    const dataSets = this.#current?.invalidate() ?? [];
    this.#current = undefined;
    this.#history = undefined;
    return dataSets;
  }

  #events(): readonly KnownEvent[] {
    this.#history ??= this.#index.historyOf();
    return this.#history?.events ?? [];
  }

  #compileCurrent(): CompiledScope | undefined {
    const last = this.#events().at(-1);
    const scope = this.#history?.scope;
    if (last === undefined || scope === undefined) return undefined;
    this.#current = new CompiledScope(scope, last.position, this.#index.giver);
    return this.#current;
  }

  /** By the first events alone. */
  #after(count: number): CompiledScope | undefined {
    const events = this.#events();
    if (count === events.length) return this.current();
    if (this.#eraOfPasts !== this.#index.keptPasts.era) this.#forgetPasts();
    return this.#pasts[count] ?? this.#compilePast(events, count);
  }

  #forgetPasts(): void {
    this.#pasts = [];
    this.#eraOfPasts = this.#index.keptPasts.era;
  }

  #compilePast(events: readonly KnownEvent[], count: number): CompiledScope | undefined {
    const last = events[count - 1];
    const before = this.#lastPastBefore(count);
    const scope = scopeAfter(events.slice(before, count), this.#pasts[before]?.scope);
    if (last === undefined || scope === undefined) return undefined;
    const compiled = new CompiledScope(scope, last.position, this.#index.giver);
    this.#index.keptPasts.add(scope);
    if (this.#eraOfPasts !== this.#index.keptPasts.era) this.#forgetPasts();
    this.#pasts[count] = compiled;
    return compiled;
  }

  /** After how many events the last past is kept to go on from; 0 when none is: a long history is not folded again for each. */
  #lastPastBefore(count: number): number {
    let before = count - 1;
    while (before > 0 && this.#pasts[before] === undefined) before -= 1;
    return Math.max(0, before);
  }
}
