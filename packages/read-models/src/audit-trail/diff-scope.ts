import { evolveScope, type ContractScope } from '@mandate/domain';
import type { Instant, Json, Position } from '@mandate/event-sourcing';
import { eventsKnownAt, scopeAfter, type KnownEvent } from '../processing-scope';
import { scopeCellsAt, type ScopeCells } from './scope-cells';

/** A point of view: what holds at an instant, by what was on record at another or up to a position. */
export interface ScopeMoment {
  readonly validAt: Instant;
  readonly knownAt: Instant | Position;
}

/** One thing that a scope says differently. `before` or `after` is absent where it says nothing. */
export interface ScopeChange {
  readonly name: string;
  readonly before?: Json;
  readonly after?: Json;
  /**
   * `recorded`: events recorded between the two moments changed it. `time-passed`: nothing was recorded about it in
   * between, but what had been recorded took or lost effect.
   */
  readonly because: 'recorded' | 'time-passed';
  /** The events behind it, in the order of recording; never none. */
  readonly events: readonly KnownEvent[];
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const differingNames = (one: ScopeCells, other: ScopeCells): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => !isSame(one.get(name), other.get(name)));

/** Which events changed what was said at an instant, by the names of what they changed. */
const changesBy = (
  events: readonly KnownEvent[],
  validAt: Instant,
): ReadonlyMap<string, ReadonlySet<KnownEvent>> => {
  const touched = new Map<string, Set<KnownEvent>>();
  let scope: ContractScope | undefined;
  let cells: ScopeCells = new Map();
  for (const known of events) {
    scope = evolveScope(scope, known.event);
    const next = scopeCellsAt(scope, validAt);
    for (const name of differingNames(cells, next)) {
      touched.set(name, (touched.get(name) ?? new Set()).add(known));
    }
    cells = next;
  }
  return touched;
};

const sides = (before: Json | undefined, after: Json | undefined): Pick<ScopeChange, 'before' | 'after'> => ({
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/**
 * What a contract's scope says differently at two moments, and by which events: from the history of one contract, as
 * `historyOf` of the processing scope gives it. The second moment may also be the earlier one. Takes time in proportion
 * to the events times what the scope holds: for an audit, not before every message (GDPR Art. 28(3)(h)).
 */
export const diffScope = (
  history: readonly KnownEvent[],
  from: ScopeMoment,
  to: ScopeMoment,
): readonly ScopeChange[] => {
  const [fromCount, toCount] = [eventsKnownAt(history, from.knownAt), eventsKnownAt(history, to.knownAt)];
  const known = history.slice(0, Math.max(fromCount, toCount));
  const between = new Set(history.slice(Math.min(fromCount, toCount), known.length));
  const [before, after] = [
    scopeCellsAt(scopeAfter(history.slice(0, fromCount)), from.validAt),
    scopeCellsAt(scopeAfter(history.slice(0, toCount)), to.validAt),
  ];
  const names = differingNames(before, after);
  if (names.length === 0) return [];
  const readings = [changesBy(known, from.validAt), changesBy(known, to.validAt)];
  return [...names].sort().map((name) => {
    const behind = known.filter((event) => readings.some((touched) => touched.get(name)?.has(event)));
    const recorded = behind.filter((event) => between.has(event));
    return {
      name,
      ...sides(before.get(name), after.get(name)),
      ...(recorded.length > 0
        ? { because: 'recorded' as const, events: recorded }
        : { because: 'time-passed' as const, events: behind }),
    };
  });
};
