import type { MandateEvent } from '../../event';
import type { DenialReason, InstructionObstacle } from '../../processing-decision';
import type { InstructionContent } from '../../processing-instruction';
import type { InstructionId, Interval } from '../../vocabulary';
import { edited, without } from '../history';
import type { Question } from '../inquiries';
import { paper } from './plain-history';
import type { Case, Repairs } from './case';

type Obstacle = Extract<DenialReason, { readonly clause: unknown }>;

const isOf = (event: MandateEvent, id: InstructionId): boolean =>
  !('dataSetId' in event.data) && 'instructionId' in event.data && event.data.instructionId === id;

const dropping =
  (types: readonly MandateEvent['type'][]) =>
  ({ history, question }: Case, { instructionId }: Obstacle): Case => ({
    question,
    history: without(history, (event) => types.includes(event.type) && isOf(event, instructionId)),
  });

const rewriting =
  (change: (content: InstructionContent, effectiveAt: string, question: Question) => InstructionContent) =>
  ({ history, question }: Case, { instructionId }: Obstacle): Case => ({
    question,
    history: edited(history, (event) => {
      if (!isOf(event, instructionId)) return [event];
      if (event.type === 'InstructionIssued') {
        const content = change(event.data.content, event.data.content.interval.from, question);
        return [{ ...event, data: { ...event.data, entitlement: 'authorised', content } }];
      }
      if (event.type !== 'InstructionAmended') return [event];
      const content = change(event.data.content, event.data.effectiveAt, question);
      return [{ ...event, data: { ...event.data, content } }];
    }),
  });

const withInterval = (content: InstructionContent, interval: Interval): InstructionContent => ({
  ...content,
  interval,
});

/** An issuer whom nobody revoked, named before the instruction came. */
const authorised = (broken: Case, reason: Obstacle): Case => {
  const { history, question } = rewriting((content) => content)(broken, reason);
  const { contractId } = question.request;
  const authorities = history.flatMap(({ event, recordedAt }) =>
    (event.type === 'InstructionIssued' || event.type === 'InstructionAmended') &&
    isOf(event, reason.instructionId)
      ? [{ recordedAt, content: event.data.content }]
      : [],
  );
  return {
    question,
    history: [
      ...history,
      ...authorities.map(({ content: { issuerId, evidence } }) => ({
        recordedAt: question.knownAt,
        event: {
          type: 'IssuerAuthorised',
          data: {
            contractId,
            issuerId,
            interval: { from: evidence.receivedAt },
            document: paper(0xff, evidence.receivedAt),
          },
        } as const,
      })),
    ],
  };
};

const notSuperseded = (broken: Case, reason: Obstacle): Case => {
  const { history, question } = dropping(['InstructionSuperseded'])(broken, reason);
  return {
    question,
    history: edited(history, (event) => {
      if (event.type !== 'InstructionIssued' || event.data.supersedes !== reason.instructionId)
        return [event];
      const { supersedes: _supersedes, ...data } = event.data;
      return [{ ...event, data }];
    }),
  };
};

/** How each obstacle in the way of an instruction is put right. */
export const obstacleRepairs: Repairs<InstructionObstacle> = {
  'issuer-not-authorised': authorised,
  'instruction-not-yet-effective': rewriting((content, effectiveAt, { validAt }) => {
    const { from, until } = content.interval;
    const isDue = effectiveAt <= validAt || effectiveAt === from;
    if (!isDue || from <= validAt) return content;
    return withInterval(content, { from: validAt, ...(until === undefined ? {} : { until }) });
  }),
  'instruction-expired': rewriting((content) => withInterval(content, { from: content.interval.from })),
  'instruction-suspended': dropping(['InstructionSuspended', 'InstructionResumed']),
  'instruction-contested': dropping(['InstructionContested', 'InstructionConfirmed']),
  'instruction-withdrawn': dropping(['InstructionWithdrawn']),
  'instruction-refused': dropping(['InstructionRefused']),
  'instruction-superseded': notSuperseded,
};
