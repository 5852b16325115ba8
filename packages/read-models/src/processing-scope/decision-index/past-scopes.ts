import { evolveScope, type ContractScope, type ProcessingDecision } from '@mandate/domain';
import type { KnownEvent } from '../state';
import { CompiledScope } from './compiled-scope';

type PastScope = CompiledScope<ProcessingDecision>;

/** The scope that the first events of a contract's history come to, compiled; none before the contract is concluded. */
export type ScopeAfter = (history: readonly KnownEvent[], eventCount: number) => PastScope | undefined;

/** More than these are seldom asked about at a time; what is forgotten is folded again. */
const defaultScopesMax = 50_000;

const fold = (history: readonly KnownEvent[], eventCount: number): ContractScope | undefined => {
  let scope: ContractScope | undefined;
  for (let index = 0; index < eventCount; index += 1) {
    const known = history[index];
    if (known !== undefined) scope = evolveScope(scope, known.event);
  }
  return scope;
};

/**
 * Keeps what was folded, since an auditor asks about the same past many times. A history is only ever added to, so what
 * its first events come to stays right. When it is too much, everything is forgotten at once: that takes no time of
 * those who ask, as to know what was asked for last would.
 */
export const pastScopes = (scopesMax = defaultScopesMax): ScopeAfter => {
  let ofHistory = new WeakMap<readonly KnownEvent[], Map<number, PastScope>>();
  let kept = 0;

  const keep = (history: readonly KnownEvent[], eventCount: number, scope: PastScope): void => {
    if (kept >= scopesMax) {
      ofHistory = new WeakMap();
      kept = 0;
    }
    kept += 1;
    const scopes = ofHistory.get(history) ?? new Map<number, PastScope>();
    ofHistory.set(history, scopes.set(eventCount, scope));
  };

  return (history, eventCount) => {
    const known = ofHistory.get(history)?.get(eventCount);
    if (known !== undefined) return known;
    const scope = fold(history, eventCount);
    if (scope === undefined) return undefined;
    const compiled: PastScope = new CompiledScope(scope, (decision) => decision);
    keep(history, eventCount, compiled);
    return compiled;
  };
};
