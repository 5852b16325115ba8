import {
  contractId as contractIdCodec,
  explainDenial,
  processingRequest,
  type DenialReason,
  type ProcessingDecision,
} from '@mandate/domain';
import { decodeIssuesOf, isInstant, type Clock, type Position, type StoreId } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import * as t from 'io-ts';
import { explain, type ProcessingScope } from '@mandate/read-models';
import { invalid } from './commands/invalid';
import { readOptions, type AskedTimes } from './decision-options';
import type { DecisionResult, ExplainedReason, Processor } from './processor';

export interface DecisionPorts {
  readonly scope: ProcessingScope;
  readonly clock: Clock;
  /** Whose positions are understood. */
  readonly storeId: StoreId;
  /** How old the read side's knowledge may be, in milliseconds by a steady clock, before it reads on first. */
  readonly staleAfterMs: number;
  /** A clock that never goes back, in milliseconds. */
  readonly steadyClockMs: () => number;
}

const explained = (reason: DenialReason): ExplainedReason => ({
  code: reason.reason,
  ...explainDenial(reason),
});

const withExplanations = (decision: ProcessingDecision): DecisionResult =>
  decision.decision === 'allow' ? decision : { ...decision, explanations: decision.reasons.map(explained) };

const notCurrent: Extract<ProcessingDecision, { decision: 'deny' }> = {
  decision: 'deny',
  reasons: [{ reason: 'scope-not-current' }],
};

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
  /** Reads what has been recorded since. Fails when it cannot be read. */
  readonly refresh: () => Promise<void>;
  /** As `waitFor`; when reading fails, the next decision reads again first, and denies while it cannot. */
  readonly follow: (position: Position | undefined) => Promise<void>;
}

/** A request that throws when it is looked at (a getter, a proxy) is one that cannot be understood. */
const decodedOrRefused = (request: unknown): ReturnType<typeof processingRequest.decode> => {
  try {
    return processingRequest.decode(request);
  } catch {
    return t.failure(undefined, [{ key: '', type: processingRequest }]);
  }
};

/** Answers requests from the processing scope; anything but a current scope is a denial. */
export const createDecisions = (ports: DecisionPorts): Decisions => {
  const { scope, clock, storeId, staleAfterMs, steadyClockMs } = ports;
  let freshAtMs = -Infinity;

  const refresh = async (): Promise<void> => {
    // Taken before reading: what is recorded meanwhile may be missed, so the knowledge is as old as the question.
    const startedAtMs = steadyClockMs();
    await scope.catchUp();
    freshAtMs = startedAtMs;
  };

  const isFresh = (): boolean => steadyClockMs() - freshAtMs < staleAfterMs;

  /** Whether the knowledge is as new, and reaches as far, as the question asks for. */
  const isCurrent = async ({ strict, knownAt }: AskedTimes): Promise<boolean> => {
    try {
      if (strict || !isFresh()) await refresh();
      // What was known at a position cannot be told before the log was read so far.
      if (knownAt !== undefined && !isInstant(knownAt)) await scope.waitFor(knownAt);
      return true;
    } catch {
      // A history that cannot be read allows nothing.
      return false;
    }
  };

  const follow = async (position: Position | undefined): Promise<void> => {
    try {
      await scope.waitFor(position);
    } catch {
      // The command is on record all the same; what must not happen is a decision without it.
      freshAtMs = -Infinity;
    }
  };

  return {
    refresh,
    follow,
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
