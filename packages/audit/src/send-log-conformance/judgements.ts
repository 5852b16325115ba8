import type {
  DenialCode,
  ExplanationLanguage,
  MandateEvent,
  ProcessingDecision,
  ProcessingRequest,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import { explain, type EventBehind, type ExplainedDecision } from '@mandate/read-models';
import type { LaterUnlawful, SendLogReason, Violation } from './findings';
import { knownPeriods, type Period } from './known-periods';
import type { RecordedDecisions } from './recorded-decisions';

/** What is to be said about an operation, wherever it stands in the log. */
export type Judgement =
  | { readonly finding: 'permitted' }
  | Pick<Violation, 'finding' | 'reasons' | 'events' | 'isPermittedByWhatIsKnownNow'>
  | Pick<LaterUnlawful, 'finding' | 'reasons' | 'events' | 'laterEvents'>;

const permitted: Judgement = { finding: 'permitted' };

type ExplainedReasons = ExplainedDecision['reasons'];

const reasonsOf = (reasons: ExplainedReasons, language: ExplanationLanguage): readonly SendLogReason[] =>
  reasons.map(({ code, sentence, article }) => ({ code, sentence: sentence[language], article }));

/** Nothing is done with data that is gone. That holds from its recording on: what was done before stays as it was. */
const reasonsOfDeletion: ReadonlySet<DenialCode> = new Set<DenialCode>([
  ...(['data-set-being-deleted', 'data-set-deleted', 'contract-closed'] as const),
]);
const eventsOfDeletion: ReadonlySet<MandateEvent['type']> = new Set<MandateEvent['type']>([
  ...(['DeletionOrdered', 'DataSetDeleted', 'ContractClosed'] as const),
]);

const codesOf = (decision: ProcessingDecision): readonly DenialCode[] =>
  decision.decision === 'deny' ? decision.reasons.map(({ reason }) => reason) : [];

/** Whether what is known now speaks against an operation, beside a deletion that came after it. */
const isOutside = (now: ProcessingDecision, then: readonly DenialCode[] = []): boolean =>
  codesOf(now).some((code) => then.includes(code) || !reasonsOfDeletion.has(code));

/** The events after an operation with whose recording it came to lie outside. */
const turningEvents = (
  decisions: RecordedDecisions,
  {
    request,
    at,
    events,
  }: {
    readonly request: ProcessingRequest;
    readonly at: Instant;
    readonly events: readonly EventBehind[];
  },
): readonly EventBehind[] => {
  let wasPermitted = true;
  return events.filter(({ recordedAt, position }) => {
    if (recordedAt <= at) return false;
    const isPermitted = !isOutside(decisions.decide(request, { validAt: at, knownAt: position }));
    const hasTurned = wasPermitted && !isPermitted;
    wasPermitted = isPermitted;
    return hasTurned;
  });
};

/** Who is asked, and in which language reasons are given. */
export interface JudgedBy {
  readonly decisions: RecordedDecisions;
  readonly language: ExplanationLanguage;
}

/** Judges an operation by what was known when it took place, and by what is known now (Art. 28(3)(a), 29). */
const judge = ({ decisions, language }: JudgedBy, request: ProcessingRequest, at: Instant): Judgement => {
  const then = decisions.decide(request, { validAt: at, knownAt: at });
  const now = decisions.decide(request, { validAt: at });
  if (then.decision === 'deny') {
    const explained = explain(decisions, request, { validAt: at, knownAt: at });
    return {
      finding: 'violation',
      reasons: reasonsOf(explained.reasons, language),
      events: explained.events,
      isPermittedByWhatIsKnownNow: !isOutside(now, codesOf(then)),
    };
  }
  if (!isOutside(now)) return permitted;
  const explained = explain(decisions, request, { validAt: at });
  const events = explained.events.filter(
    ({ type, recordedAt }) => recordedAt <= at || !eventsOfDeletion.has(type),
  );
  return {
    finding: 'later-unlawful',
    reasons: reasonsOf(
      explained.reasons.filter(({ code }) => !reasonsOfDeletion.has(code)),
      language,
    ),
    events,
    laterEvents: turningEvents(decisions, { request, at, events }),
  };
};

interface Judged extends Period {
  readonly judgement: Judgement;
}

/** The operations of one set of words, with the judgements on them so far. */
export interface RepeatedOperation {
  readonly request: ProcessingRequest;
  last: Judged | undefined;
  readonly all: Map<Instant | undefined, Judged>;
}

export const repeatedOperation = (request: ProcessingRequest): RepeatedOperation => ({
  request,
  last: undefined,
  all: new Map(),
});

const covers = ({ from, until }: Period, at: Instant): boolean =>
  (from === undefined || from <= at) && (until === undefined || at < until);

/**
 * Judges operations, each set of words once for each part of time in which nothing changes. The index that decides
 * remembers as well, but by fewer words, and neither sentences nor events: without this, a log of which every 200th line
 * is a violation takes half as long again, one of which every fifth is, three times as long.
 */
export const judgeRepeated = (
  by: JudgedBy,
  onJudged: () => void,
): ((operation: RepeatedOperation, at: Instant) => Judgement) => {
  const periodAt = knownPeriods(by.decisions);
  const judgeAnew = (operation: RepeatedOperation, at: Instant): Judged => {
    const period = periodAt(operation.request.contractId, at);
    const known = operation.all.get(period.from);
    if (known !== undefined) return known;
    const judged = { ...period, judgement: judge(by, operation.request, at) };
    operation.all.set(period.from, judged);
    onJudged();
    return judged;
  };
  return (operation, at) => {
    const { last } = operation;
    if (last !== undefined && covers(last, at)) return last.judgement;
    operation.last = judgeAnew(operation, at);
    return operation.last.judgement;
  };
};
