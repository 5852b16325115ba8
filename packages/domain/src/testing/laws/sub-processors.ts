import { strict as assert } from 'node:assert';
import type { MandateEvent } from '../../event';
import type { ProcessingOperation } from '../../processing-decision';
import type { SubProcessorId } from '../../vocabulary';
import { knownOf } from '../history';
import { inquiries, type Question } from '../inquiries';
import { besides } from '../instants';
import { allOf, type Known } from '../reference-model-facts';
import { law } from './law';

type Through = Question & {
  readonly request: ProcessingOperation & { readonly subProcessorId: SubProcessorId };
};

const idsIn = (known: Known): ReadonlySet<SubProcessorId> =>
  new Set(known.flatMap(({ data }) => ('subProcessorId' in data ? [data.subProcessorId] : [])));

/** The same request through every sub-processor there is, then and when each window closes. */
const throughEach = (question: Question, known: Known): readonly Through[] => {
  const { request, knownAt } = question;
  if (request.operation !== 'process') return [];
  const closings = allOf(known, 'SubProcessorAnnounced').flatMap((data) => besides(data.objectionUntil.at));
  return [...idsIn(known)].flatMap((subProcessorId) =>
    [question.validAt, ...closings].map((validAt) => ({
      request: { ...request, subProcessorId },
      validAt,
      knownAt,
    })),
  );
};

const checkPermission = (events: readonly MandateEvent[], { request, validAt }: Through): void => {
  const permits = [
    ...allOf(events, 'SubProcessorAnnounced').map((data) => ({ ...data, from: data.objectionUntil.at })),
    ...allOf(events, 'SubProcessorAuthorised').map((data) => ({ ...data, from: data.effectiveAt })),
  ];
  assert.ok(
    permits.some(({ from, countries }) => from <= validAt && countries.includes(request.country)),
    'its window has closed, or it was authorised, for this country',
  );
  const last = events.findLast(({ type }) => type !== 'SubProcessorDismissed');
  assert.notEqual(last?.type, 'SubProcessorObjected', 'the controller did not object');
};

/** Law 22: no sub-processor before its window has closed, none after an objection (Art. 28(2), SCC 7.7, 7.8). */
export const noSubProcessorBeforeItsTime = law(
  22,
  'nothing is allowed through a sub-processor before its window closes, or after an objection',
  inquiries(),
  (decide, { history, questions }) => {
    for (const question of questions) {
      const known = knownOf(history, question.request.contractId, question.knownAt);
      for (const through of throughEach(question, known)) {
        if (decide(history, through).decision === 'deny') continue;
        const { subProcessorId } = through.request;
        const events = known.filter(
          ({ data }) => 'subProcessorId' in data && data.subProcessorId === subProcessorId,
        );
        checkPermission(events, through);
      }
    }
  },
);
