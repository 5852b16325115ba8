import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { ContractEvent } from '../../contract';
import { dayAfter } from '../calendar';
import { edited, followedBy, lastRecordedAt, without } from '../history';
import { inquiries } from '../inquiries';
import { arbitraryInstant } from '../instants';
import { arbitraryProcessingRequest } from '../requests';
import { law } from './law';

/** Law 1: what is not on record is not allowed (GDPR Art. 28(3)(a)). */
export const emptyHistoryAllowsNothing = law(
  1,
  'an empty history allows nothing',
  fc.record({ request: arbitraryProcessingRequest, validAt: arbitraryInstant, knownAt: arbitraryInstant }),
  (decide, question) => assert.equal(decide([], question).decision, 'deny'),
);

/** Law 11: after the end there is only returning, erasing and securing (GDPR Art. 28(3)(g), SCC 10(d)). */
export const afterTheEndOnlyWindingUp = law(
  11,
  'after the end of the contract only returning, erasing and securing are allowed',
  inquiries(),
  (decide, { history, questions }) => {
    for (const { request, validAt } of questions) {
      const { contractId } = request;
      const endedAt = dayAfter(validAt, -1, 'Europe/Warsaw');
      const ended: ContractEvent = {
        type: 'ContractTerminated',
        data: { contractId, endedAt, ground: 'agreement' },
      };
      const continuing = without(history, ({ type }) => type === 'ContractTerminated');
      const over = followedBy(continuing, [ended]);
      const question = { request, validAt, knownAt: lastRecordedAt(over) };
      if (request.operation === 'process' || request.operation === 'store') {
        assert.equal(decide(over, question).decision, 'deny');
      }
      // On the very instant as well: the end is the first moment at which nothing may be done any more.
      const atOnce = edited(over, (event) => [
        event === ended ? { ...ended, data: { ...ended.data, endedAt: { ...endedAt, at: validAt } } } : event,
      ]);
      if (request.operation === 'process') assert.equal(decide(atOnce, question).decision, 'deny');
    }
  },
);
