import {
  decideProcessing,
  streamOf,
  type InstructionId,
  type MandateEvent,
  type ProcessingDecision,
  type ProcessingRequest,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import { scopeAfter, type KnownEvent } from '../processing-scope';
import type { EventBehind } from './explained-decision';

/** What happens to recipients and stores, and to the duties of the end: no decision looks at it. */
const withoutBearing: ReadonlySet<MandateEvent['type']> = new Set<MandateEvent['type']>([
  ...(['EndOfServiceChosen', 'RecipientsAdded', 'RecipientsRemoved', 'StoreRegistered'] as const),
  ...(['ProcessingRecorded', 'RecipientErased', 'SpecialCategoryNoticed'] as const),
  ...(['RetentionLawApplied', 'RetentionLawLifted', 'DataSetReturned', 'ReturnAcknowledged'] as const),
  ...(['StoreErased', 'KeysDestroyed'] as const),
]);

const instructionsIn = (decision: ProcessingDecision): ReadonlySet<InstructionId> => {
  if (decision.decision === 'allow') {
    return new Set(
      decision.bases.flatMap((basis) => (basis.kind === 'instruction' ? [basis.instructionId] : [])),
    );
  }
  return new Set(
    decision.reasons.flatMap((reason) => {
      if ('instructionId' in reason) return [reason.instructionId];
      return reason.reason === 'not-instructed' && reason.nearest !== undefined
        ? [reason.nearest.instructionId]
        : [];
    }),
  );
};

const isBehind = (
  { type, data }: MandateEvent,
  request: ProcessingRequest,
  isConcerned: (instructionId: InstructionId) => boolean,
): boolean => {
  if (withoutBearing.has(type)) return false;
  if ('dataSetId' in data) return data.dataSetId === request.dataSetId;
  if ('instructionId' in data) return isConcerned(data.instructionId);
  if (!('subProcessorId' in data)) return true;
  return request.operation === 'process' && data.subProcessorId === request.subProcessorId;
};

const instructionIdsIn = (events: readonly KnownEvent[]): readonly InstructionId[] =>
  events.flatMap(({ event }) => (event.type === 'InstructionIssued' ? [event.data.instructionId] : []));

const answerBy = (events: readonly KnownEvent[], request: ProcessingRequest, at: Instant): string =>
  JSON.stringify(decideProcessing(request, scopeAfter(events), at));

/**
 * The events of a contract's history that an answer rests on. Of an instruction that the answer does not name they are
 * among them only when the answer would be another one without it: what it covers
 * may be denied for the sake of something else.
 */
export const knownEventsBehind = (
  known: readonly KnownEvent[],
  request: ProcessingRequest,
  { decision, at }: { readonly decision: ProcessingDecision; readonly at: Instant },
): readonly KnownEvent[] => {
  const cited = instructionsIn(decision);
  const answer = JSON.stringify(decision);
  let behind = known.filter(({ event }) => isBehind(event, request, () => true));
  for (const instructionId of new Set(instructionIdsIn(behind).toReversed())) {
    if (cited.has(instructionId)) continue;
    const without = behind.filter(({ event }) => isBehind(event, request, (id) => id !== instructionId));
    if (answerBy(without, request, at) === answer) behind = without;
  }
  return behind;
};

export const eventBehind = ({ event, position, recordedAt }: KnownEvent): EventBehind => ({
  type: event.type,
  stream: streamOf(event),
  position,
  recordedAt,
});
