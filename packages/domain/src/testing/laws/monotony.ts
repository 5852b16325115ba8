import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { InstructionEvent } from '../../processing-instruction';
import type { InstructionId, NonEmpty } from '../../vocabulary';
import { arbitraryThrows, Dice } from '../dice';
import { edited, followedBy, lastRecordedAt, type History } from '../history';
import { nth } from '../ids';
import { inquiries } from '../inquiries';
import { law } from './law';
import { someRestriction } from './restrictions';

const isOf = (event: { readonly data: object }, id: InstructionId): boolean =>
  'instructionId' in event.data && event.data.instructionId === id && !('dataSetId' in event.data);

/** A data set that never exists: a clause that covers only this grants nothing. */
const noDataSet = nth.dataSetId(0xdead);

const grantingNothing = <Event extends Extract<InstructionEvent, { data: { content: object } }>>(
  event: Event,
): Event => {
  const grants = event.data.content.grants.map((grant) => ({ ...grant, dataSets: [noDataSet] as const }));
  return {
    ...event,
    data: {
      ...event.data,
      content: { ...event.data.content, grants: grants as unknown as NonEmpty<object> },
    },
  };
};

/**
 * The history as if an instruction granted nothing. One that supersedes another says two things: what may be done,
 * and what may be done no longer. Only the first is taken away here; without the second, more would be allowed.
 */
export const withoutGrantsOf = (history: History, id: InstructionId): History => {
  const supersedes = history.some(
    ({ event }) =>
      event.type === 'InstructionIssued' && isOf(event, id) && event.data.supersedes !== undefined,
  );
  return edited(history, (event) => {
    if (!isOf(event, id)) return [event];
    if (!supersedes) return [];
    return event.type === 'InstructionIssued' || event.type === 'InstructionAmended'
      ? [grantingNothing(event)]
      : [event];
  });
};

/** Every instruction that a history knows. */
export const instructionIdsIn = (history: History): readonly InstructionId[] =>
  history.flatMap(({ event }) => (event.type === 'InstructionIssued' ? [event.data.instructionId] : []));

/** Law 3: instructions only ever add; none takes another's permission away but by superseding it. */
export const fewerInstructionsAllowNoMore = law(
  3,
  'removing what an instruction grants never turns a denial into an allow',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      if (decide(history, question).decision === 'allow') continue;
      for (const id of new Set(instructionIdsIn(history))) {
        assert.equal(decide(withoutGrantsOf(history, id), question).decision, 'deny');
      }
    }
  },
);

/** Law 4: what restricts never permits. Returning and erasing are not meant: a termination begins them. */
export const restrictionsNeverWiden = law(
  4,
  'adding a restriction never turns a denial into an allow',
  fc.record({ inquiry: inquiries(), throws: arbitraryThrows }),
  (decide, { inquiry: { history, questions }, throws }) => {
    const knownAt = lastRecordedAt(history);
    for (const { request, validAt } of questions) {
      if (request.operation === 'return' || request.operation === 'erase') continue;
      const question = { request, validAt, knownAt };
      if (decide(history, question).decision === 'allow') continue;
      const restricted = followedBy(history, [someRestriction(history, question, new Dice(throws))]);
      assert.equal(decide(restricted, question).decision, 'deny');
    }
  },
);
