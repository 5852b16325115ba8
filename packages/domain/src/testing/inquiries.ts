import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import type { MandateEvent } from '../event';
import type { ProcessingOperation, ProcessingRequest } from '../processing-decision';
import type { Grant, InstructionContent } from '../processing-instruction';
import * as v from '../vocabulary';
import { arbitraryThrows, Dice } from './dice';
import { histories, type HistorySize } from './histories';
import type { History } from './history';
import { nth } from './ids';
import { besides, instantsNamedBy } from './instants';
import { countries } from './values';

/** A request, the instant for which it is asked, and the one up to which the history is known. */
export interface Question {
  readonly request: ProcessingRequest;
  readonly validAt: Instant;
  readonly knownAt: Instant;
}

/** Questions about one history. */
export interface Inquiry {
  readonly history: History;
  readonly questions: readonly Question[];
}

/** What the events of one contract offer to ask about. */
interface Matter {
  readonly contractId: v.ContractId;
  readonly events: readonly MandateEvent[];
  readonly startsAt: Instant;
}

const matterOf = (history: History, dice: Dice): Matter | undefined => {
  const conclusions = history.flatMap(({ event }) =>
    event.type === 'ContractConcluded' ? [event.data] : [],
  );
  const concluded = dice.pickOr<(typeof conclusions)[number] | undefined>(conclusions, undefined);
  if (concluded === undefined) return undefined;
  const { contractId } = concluded;
  const own = history.map(({ event }) => event).filter(({ data }) => data.contractId === contractId);
  return { contractId, events: own, startsAt: concluded.startsAt.at };
};

interface Instructed {
  readonly content: InstructionContent;
  readonly effectiveAt: Instant;
}

const instructedIn = (events: readonly MandateEvent[]): readonly Instructed[] =>
  events.flatMap((event) => {
    if (event.type === 'InstructionIssued') {
      return [{ content: event.data.content, effectiveAt: event.data.content.interval.from }];
    }
    return event.type === 'InstructionAmended' ? [event.data] : [];
  });

const someDataSet = ({ events }: Matter, grant: Grant | undefined, dice: Dice): v.DataSetId => {
  const entrusted = events.flatMap((event) =>
    event.type === 'DataSetEntrusted' ? [event.data.dataSetId] : [],
  );
  const granted = entrusted.filter(
    (id) => grant === undefined || grant.dataSets === 'all' || grant.dataSets.includes(id),
  );
  const [some, others] = [granted, entrusted.filter((id) => !granted.includes(id))];
  return dice.pickOr(dice.once(6) ? others : some, dice.pickOr(entrusted, nth.dataSetId(1)));
};

const someCategories = (
  { events }: Matter,
  grant: Grant,
  dataSetId: v.DataSetId,
  dice: Dice,
): Grant['categories'] => {
  const entrusted = events.flatMap((event) =>
    event.type === 'DataSetEntrusted' && event.data.dataSetId === dataSetId ? event.data.categories : [],
  );
  const [first, ...others] = grant.categories.filter(
    (category) => category === 'technical-metadata' || entrusted.includes(category),
  );
  return first === undefined ? grant.categories : dice.some([first, ...others]);
};

/** A sub-processor, mostly in a country that was announced for it and that the clause names. */
const someSubProcessor = (
  { events }: Matter,
  grant: Grant,
  dice: Dice,
): Partial<Pick<ProcessingOperation, 'subProcessorId' | 'country'>> => {
  const announced = events.flatMap((event) =>
    event.type === 'SubProcessorAnnounced' || event.type === 'SubProcessorAuthorised' ? [event.data] : [],
  );
  const chosen = dice.once(2)
    ? dice.pickOr<(typeof announced)[number] | undefined>(announced, undefined)
    : undefined;
  if (chosen === undefined) return {};
  const inBoth = chosen.countries.filter((country) => grant.countries.includes(country));
  return { subProcessorId: chosen.subProcessorId, country: dice.pickOr(inBoth, chosen.countries[0]) };
};

const someSpecial = (
  { specialCategories }: InstructionContent,
  dice: Dice,
): Pick<ProcessingOperation, 'special'> => ({
  special: {
    categories: dice.some(specialCategories?.categories ?? v.specialCategories),
    foundIn: dice.once(6) ? dice.pick(v.dataCategories) : 'message-content',
  },
});

/** Turns one respect of a request into something else, which may or may not be covered as well. */
const altered = (request: ProcessingOperation, dice: Dice): ProcessingOperation =>
  dice.pick<() => ProcessingOperation>([
    () => ({ ...request, purpose: dice.pick([...v.purposes, ...v.ownPurposes]) }),
    () => ({ ...request, categories: dice.some(v.dataCategories) }),
    () => ({ ...request, channel: dice.pick(v.channels) }),
    () => ({ ...request, country: dice.pickOr(countries, request.country) }),
    () => ({ ...request, dataSetId: nth.dataSetId(dice.number(4) + 1) }),
    () => ({ ...request, subProcessorId: nth.subProcessorId(dice.number(3) + 1) }),
    () => ({ ...request, contractId: nth.contractId(dice.number(3) + 1) }),
  ])();

const asInstructed = (matter: Matter, { content }: Instructed, dice: Dice): ProcessingOperation => {
  const grant = dice.pick(content.grants);
  const dataSetId = someDataSet(matter, grant, dice);
  const covers = grant.categories.includes('message-content');
  const request: ProcessingOperation = {
    operation: 'process',
    contractId: matter.contractId,
    dataSetId,
    purpose: dice.pick(grant.purposes),
    categories: someCategories(matter, grant, dataSetId, dice),
    channel: dice.pick(grant.channels),
    country: dice.pick(grant.countries),
    ...someSubProcessor(matter, grant, dice),
    ...(covers && dice.once(4) ? someSpecial(content, dice) : {}),
  };
  return dice.once(6) ? altered(request, dice) : request;
};

const custody = (matter: Matter, dice: Dice): ProcessingRequest => ({
  operation: dice.pick(['store', 'secure', 'return', 'erase']),
  contractId: matter.contractId,
  dataSetId: someDataSet(matter, undefined, dice),
});

const nothingThere: Instant = '2026-03-27T09:00:00.000Z' as Instant;

const aboutNothing: Question = {
  request: { operation: 'store', contractId: nth.contractId(1), dataSetId: nth.dataSetId(1) },
  validAt: nothingThere,
  knownAt: nothingThere,
};

const latest = (one: Instant, other: Instant): Instant => (one < other ? other : one);

const someInstant = (matter: Matter, begins: Instant, dice: Dice): Instant => {
  if (!dice.once(2)) return begins;
  const named = matter.events.flatMap(({ data }) => instantsNamedBy(data));
  return dice.pick(besides(dice.pickOr(named, begins)));
};

const questionAbout = (history: History, throws: readonly number[]): Question => {
  const dice = new Dice(throws);
  const matter = matterOf(history, dice);
  const last = history.at(-1);
  if (matter === undefined || last === undefined) return aboutNothing;
  // Once in a while somebody asks whether what was instructed under one contract counts under another.
  const read = dice.once(6) ? history.map(({ event }) => event) : matter.events;
  const instructed = instructedIn(read).toReversed();
  const asked = dice.once(8) ? undefined : dice.pickOr<Instructed | undefined>(instructed, undefined);
  const { recordedAt } = dice.once(8) ? dice.pickOr(history, last) : last;
  const begins = asked === undefined ? matter.startsAt : latest(matter.startsAt, asked.effectiveAt);
  return {
    request: asked === undefined ? custody(matter, dice) : asInstructed(matter, asked, dice),
    validAt: someInstant(matter, begins, dice),
    knownAt: recordedAt,
  };
};

/** How many questions are asked about a history, at the most. */
export interface InquirySize extends HistorySize {
  /** Default 6. */
  readonly questionsMax?: number;
}

/**
 * Histories with questions about them. The questions are asked where answers are likely to be close: they follow
 * an instruction in all but one respect or in all, at the instants that the history names or just beside them.
 */
export const inquiries = ({ questionsMax = 6, ...size }: InquirySize = {}): fc.Arbitrary<Inquiry> =>
  fc
    .tuple(histories(size), fc.array(arbitraryThrows, { minLength: 1, maxLength: questionsMax, size: 'max' }))
    .map(([history, questions]) => ({
      history,
      questions: questions.map((throws) => questionAbout(history, throws)),
    }));
