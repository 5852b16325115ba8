import type { ProcessingRequest } from '@mandate/domain';
import {
  decodeIssuesOf,
  epochMillisecondsOf,
  pauseByTimer,
  systemClock,
  type Clock,
} from '@mandate/event-sourcing';
import type { Permit, ProcessingScope } from '@mandate/read-models';
import { isLeft } from 'fp-ts/Either';
import { invalid } from './commands/invalid';
import type { Written } from './commands/written';
import { decodedOrRefused, notCurrent, withDenialExplained } from './denials';
import type { DecisionResult } from './decision-results';
import { requireInterval } from './interval';
import type { Freshness } from './freshness';

export interface KeepCurrentOptions {
  readonly signal: AbortSignal;
  /** How long to wait before reading on, in milliseconds. Default: a quarter of `staleAfterMs`, 25 at least. */
  readonly intervalMs?: number;
  /** Told when reading failed; the next one comes after the interval all the same. */
  readonly onError?: (error: unknown) => void;
}

/** A permit to keep, or the denial with its reasons. */
export type PermitResult = Permit | Extract<DecisionResult, { decision: 'deny' }>;

/**
 * Answers about this instant, given at once from memory. They rest on what was read last; when that is older than
 * `staleAfterMs`, everything is denied, so run `keepCurrent` beside. For other times, and for a strict answer, ask `decide`.
 */
export interface Permits {
  /** Reads on, at once and again and again, until the signal says stop. Without it permits go stale. */
  readonly keepCurrent: (options: KeepCurrentOptions) => Promise<void>;
  /** Whether an operation may be carried out now. Anything that is not understood may not, and nothing is thrown. */
  readonly allows: (request: Written<ProcessingRequest>) => boolean;
  /** As `allows`, with what it rests on, for a queue to keep; or why not. */
  readonly ask: (request: Written<ProcessingRequest>) => PermitResult;
  /**
   * Whether a permit that this processor gave still covers the operation it was given for: to be asked when a message
   * leaves its queue. A copy, one that was read back from somewhere and anything else holds never.
   */
  readonly holds: (permit: Permit) => boolean;
}

interface PermitPorts {
  readonly scope: Pick<ProcessingScope, 'allows' | 'permit' | 'holds'>;
  readonly clock: Clock;
  readonly freshness: Pick<Freshness, 'isFresh' | 'refresh'>;
  readonly staleAfterMs: number;
}

// A name that is misspelt asks for less than was meant: without its sub-processor a request may be allowed that with it is not.
const fieldsOfProcessing: ReadonlySet<string> = new Set([
  'operation',
  'contractId',
  'dataSetId',
  'purpose',
  'categories',
  'channel',
  'country',
  'subProcessorId',
]);

/** Whether a request has no field but those that its bits stand for, so that it need not be decoded to be understood. */
const isPlainProcessing = (request: object): boolean => {
  for (const field in request) if (!fieldsOfProcessing.has(field)) return false;
  const { operation, categories, special, constructor } = request as Readonly<Record<string, unknown>>;
  // The codec refuses lists and functions. Special categories can also be declared by a field that is not listed.
  if (constructor !== Object || special !== undefined) return false;
  return operation === 'process' && Array.isArray(categories);
};

export const createPermits = ({ scope, clock, freshness, staleAfterMs }: PermitPorts): Permits => {
  // The clock of the machine need not be read as text.
  const nowMs = clock === systemClock ? Date.now : () => epochMillisecondsOf(clock());

  const understood = (request: Written<ProcessingRequest>): ProcessingRequest | undefined => {
    if (isPlainProcessing(request)) return request as ProcessingRequest;
    const decoded = decodedOrRefused(request);
    return isLeft(decoded) ? undefined : decoded.right;
  };

  return {
    keepCurrent: async ({
      signal,
      intervalMs = Math.max(25, staleAfterMs / 4),
      onError = () => undefined,
    }) => {
      requireInterval(intervalMs);
      while (!signal.aborted) {
        await freshness.refresh().catch(onError);
        await pauseByTimer(intervalMs, signal);
      }
    },
    allows: (request) => {
      try {
        if (!freshness.isFresh()) return false;
        const asked = understood(request);
        return asked !== undefined && scope.allows(asked, nowMs());
      } catch {
        // What throws when it is looked at is not understood.
        return false;
      }
    },
    ask: (request) => {
      const decoded = decodedOrRefused(request);
      if (isLeft(decoded)) return { decision: 'deny', ...invalid(decodeIssuesOf(decoded.left)) };
      if (!freshness.isFresh()) return withDenialExplained(notCurrent);
      const answer = scope.permit(decoded.right, nowMs());
      return answer.decision === 'allow' ? answer : withDenialExplained(answer);
    },
    holds: (permit) => freshness.isFresh() && scope.holds(permit, nowMs()),
  };
};
