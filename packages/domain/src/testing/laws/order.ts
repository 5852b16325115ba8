import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { MandateEvent } from '../../event';
import type { ProcessingDecision } from '../../processing-decision';
import { arbitraryThrows, Dice } from '../dice';
import { lastRecordedAt, type History } from '../history';
import { inquiries } from '../inquiries';
import { law } from './law';

/** The aggregate whose stream an event lies in. */
const aggregateOf = ({ data }: MandateEvent): string => {
  if ('dataSetId' in data) return data.dataSetId;
  return 'instructionId' in data ? data.instructionId : data.contractId;
};

/** The same events in the same order within each aggregate, and in another one between them. */
const interleaved = (history: History, dice: Dice): History => {
  const events = history.map(({ event }) => event);
  // A contract comes first: nothing can be said of it before it exists.
  const first = events.filter(({ type }) => type === 'ContractConcluded');
  const streams = new Map<string, MandateEvent[]>();
  for (const event of events.filter((each) => !first.includes(each))) {
    const stream = streams.get(aggregateOf(event)) ?? [];
    streams.set(aggregateOf(event), [...stream, event]);
  }
  const waiting = [...streams.values()];
  const rest: MandateEvent[] = [];
  while (rest.length < events.length - first.length) {
    const [stream] = waiting.splice(dice.number(waiting.length), 1);
    const [next, ...others] = stream ?? [];
    if (next !== undefined) rest.push(next);
    if (others.length > 0) waiting.push(others);
  }
  const recordings = history.map(({ recordedAt }) => recordedAt);
  return [...first, ...rest].map((event, index) => ({
    recordedAt: recordings[index] ?? lastRecordedAt(history),
    event,
  }));
};

/** What is decided and why, without the order in which several instructions are listed. */
const summaryOf = (decision: ProcessingDecision): readonly string[] =>
  decision.decision === 'allow'
    ? ['allow']
    : [...new Set(decision.reasons.map(({ reason }) => reason))].toSorted();

/** Law 6: what does not concern the same thing may be recorded in any order. */
export const independentEventsCommute = law(
  6,
  'events of different contracts, instructions and data sets may be recorded in any order',
  fc.record({ inquiry: inquiries(), throws: arbitraryThrows }),
  (decide, { inquiry: { history, questions }, throws }) => {
    const reordered = interleaved(history, new Dice(throws));
    const knownAt = lastRecordedAt(history);
    for (const { request, validAt } of questions) {
      const question = { request, validAt, knownAt };
      assert.deepEqual(summaryOf(decide(reordered, question)), summaryOf(decide(history, question)));
    }
  },
);

/** Law 6: a reader that resumes from an older checkpoint reads some events again, and decides as before. */
export const repeatedEventsChangeNothing = law(
  6,
  'events that are delivered again change nothing',
  fc.record({ inquiry: inquiries(), from: fc.nat(50), until: fc.nat(50) }),
  (decide, { inquiry: { history, questions }, from, until }) => {
    const knownAt = lastRecordedAt(history);
    const [resumedAt, stoppedAt] = [from, until]
      .map((place) => place % (history.length + 1))
      .toSorted((one, other) => one - other);
    const again = [...history.slice(0, stoppedAt), ...history.slice(resumedAt)];
    for (const { request, validAt } of questions) {
      const question = { request, validAt, knownAt };
      assert.deepEqual(decide(again, question), decide(history, question));
    }
  },
);
