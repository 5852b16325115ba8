import type { MandateEvent } from '@mandate/domain';
import { isInstant, type Instant, type Position } from '@mandate/event-sourcing';
import type { KnownEvent } from '../processing-scope';
import { sentenceOfEvent } from './sentences';

/** One step in the story of a contract. Ids only: nobody's name or address. */
export interface TimelineEntry {
  readonly position: Position;
  readonly recordedAt: Instant;
  /** From when on it holds; absent where the event names no time of its own. */
  readonly effectiveAt?: Instant;
  readonly type: MandateEvent['type'];
  /** What it is about, besides the contract: `instruction`, `data-set`, `sub-processor` or `issuer`, with its id. */
  readonly about?: { readonly kind: string; readonly id: string };
  readonly sentence: string;
}

const effectiveTimes = ['effectiveAt', 'startsAt', 'endedAt', 'endsAt'];
const subjects: Readonly<Record<string, string>> = {
  instructionId: 'instruction',
  dataSetId: 'data-set',
  subProcessorId: 'sub-processor',
  issuerId: 'issuer',
};

const factsOf = ({ data }: MandateEvent): ReadonlyMap<string, unknown> => new Map(Object.entries(data));

/** A legal date counts from its first instant in its zone. */
const instantIn = (value: unknown): Instant | undefined => {
  if (isInstant(value)) return value;
  const at = typeof value === 'object' && value !== null && 'at' in value ? value.at : undefined;
  return isInstant(at) ? at : undefined;
};

const effectiveAtOf = (event: MandateEvent): Instant | undefined => {
  const facts = factsOf(event);
  return effectiveTimes.map((name) => instantIn(facts.get(name))).find((at) => at !== undefined);
};

const subjectOf = (event: MandateEvent): TimelineEntry['about'] => {
  const facts = factsOf(event);
  for (const [field, kind] of Object.entries(subjects)) {
    const id = facts.get(field);
    if (typeof id === 'string') return { kind, id };
  }
  return undefined;
};

/** The story of one contract, from its history: what happened, when we knew, and from when on it held. */
export const timelineOf = (history: readonly KnownEvent[]): readonly TimelineEntry[] =>
  history.map(({ event, position, recordedAt }) => {
    const [effectiveAt, about] = [effectiveAtOf(event), subjectOf(event)];
    return {
      position,
      recordedAt,
      ...(effectiveAt !== undefined && { effectiveAt }),
      type: event.type,
      ...(about !== undefined && { about }),
      sentence: sentenceOfEvent(event),
    };
  });
