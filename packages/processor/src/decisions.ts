import { contractId as contractIdCodec, type ProcessingDecision } from '@mandate/domain';
import { decodeIssuesOf, isInstant, type Clock, type StoreId } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { explain, type ProcessingScope } from '@mandate/read-models';
import { invalid } from './commands/invalid';
import { readOptions, type AskedTimes } from './decision-options';
import { decodedOrRefused, explained, notCurrent, withDenialExplained } from './denials';
import type { Freshness } from './freshness';
import type { DecisionResult } from './decision-results';
import type { Processor } from './processor';

export interface DecisionPorts {
  readonly scope: ProcessingScope;
  readonly clock: Clock;
  /** Whose positions are understood. */
  readonly storeId: StoreId;
  readonly freshness: Pick<Freshness, 'isFresh' | 'refresh'>;
}

const withExplanations = (decision: ProcessingDecision): DecisionResult =>
  decision.decision === 'allow' ? decision : withDenialExplained(decision);

/** What is explained while the log cannot be read. */
const unreadable: Parameters<typeof explain>[0] = {
  decide: () => notCurrent,
  isReadable: () => false,
  scopeOf: () => undefined,
  historyOf: () => [],
};

export interface Decisions {
  readonly decide: Processor['decide'];
  readonly explain: Processor['explain'];
  readonly scopeAt: Processor['scopeAt'];
}

/** Answers requests from the processing scope; anything but a current scope is a denial. */
export const createDecisions = (ports: DecisionPorts): Decisions => {
  const { scope, clock, storeId, freshness } = ports;

  /** Whether the knowledge is as new, and reaches as far, as the question asks for. */
  const isCurrent = async ({ strict, knownAt }: AskedTimes): Promise<boolean> => {
    try {
      if (strict || !freshness.isFresh()) await freshness.refresh();
      // What was known at a position cannot be told before the log was read so far.
      if (knownAt !== undefined && !isInstant(knownAt)) await scope.waitFor(knownAt);
      return true;
    } catch {
      // A history that cannot be read allows nothing.
      return false;
    }
  };

  return {
    explain: async (request, options = {}) => {
      const decoded = decodedOrRefused(request);
      if (isLeft(decoded)) return { decision: 'deny', ...invalid(decodeIssuesOf(decoded.left)) };
      const read = readOptions(options, clock, storeId);
      if ('issues' in read) return { decision: 'deny', ...invalid(read.issues) };
      const { strict: _strict, ...times } = read;
      const readable = (await isCurrent(read)) ? scope : unreadable;
      return { outcome: 'explained', explanation: explain(readable, decoded.right, times) };
    },
    scopeAt: async (contractId, options = {}) => {
      const decoded = contractIdCodec.decode(contractId);
      if (isLeft(decoded)) return invalid(decodeIssuesOf(decoded.left));
      const times = readOptions(options, clock, storeId);
      if ('issues' in times) return invalid(times.issues);
      const found = (await isCurrent(times)) ? scope.scopeAt(decoded.right, times) : notCurrent;
      return 'standing' in found
        ? { outcome: 'found', scope: found }
        : { outcome: 'not-found', explanations: found.reasons.map(explained) };
    },
    decide: async (request, options = {}) => {
      const decoded = decodedOrRefused(request);
      if (isLeft(decoded)) return { decision: 'deny', ...invalid(decodeIssuesOf(decoded.left)) };
      const times = readOptions(options, clock, storeId);
      if ('issues' in times) return { decision: 'deny', ...invalid(times.issues) };
      if (!(await isCurrent(times))) return withExplanations(notCurrent);
      return withExplanations(scope.decide(decoded.right, times));
    },
  };
};
