import { describe, expect, it } from '@jest/globals';
import {
  amendment,
  announcement,
  authorisation,
  closed,
  closing,
  concluded,
  conclusion,
  contractId,
  day,
  dismissal,
  flawsOf,
  issuerId,
  justBefore,
  noonOf,
  notice,
  noticed,
  noticedEnd,
  noticeWithdrawal,
  objection,
  refusalsOf,
  resumption,
  revocation,
  startsAt,
  strangerId,
  subProcessorId,
  suspension,
  terminated,
  termination,
  today,
  type Refusals,
} from '../testing/scenery';
import { contract, type ContractFacts } from './index';
import type { ContractCommand } from './commands';
import type { ContractEvent } from './events';
import { explainContractRejection, type ContractRejection } from './rejections';

const now: ContractFacts = { now: today };
const atTheEnd: ContractFacts = { now: noticedEnd.at };
const nextDay = day('2026-03-31');
const windowEnd = day('2026-03-02');
const early = justBefore(startsAt.at);
const announced = [...concluded, announcement(windowEnd)];

const refusals: Refusals<ContractCommand, ContractEvent, ContractRejection, ContractFacts> = {
  'contract-not-concluded': [[], closing(), now, {}],
  'contract-already-concluded': [concluded, conclusion(), now, { contractId }],
  'contract-ended': [terminated, suspension(today), now, { endedAt: noticedEnd.at }],
  'contract-closed': [closed, suspension(today), now, {}],
  'contract-not-terminated': [concluded, closing(), now, {}],
  'before-the-contract-starts': [concluded, suspension(early), now, { startsAt: startsAt.at, found: early }],
  'after-the-contract-ends': [
    noticed,
    suspension(noticedEnd.at),
    now,
    { endsAt: noticedEnd.at, found: noticedEnd.at },
  ],
  'amendment-out-of-order': [
    concluded,
    amendment(startsAt.at),
    now,
    { lastEffectiveAt: startsAt.at, found: startsAt.at },
  ],
  'contract-already-suspended': [
    [...concluded, suspension(today)],
    suspension(noonOf('2026-02-09')),
    now,
    { suspendedAt: today },
  ],
  'contract-not-suspended': [concluded, resumption(today), now, {}],
  'interruption-out-of-order': [
    [...concluded, suspension(today)],
    resumption(today),
    now,
    { lastEffectiveAt: today, found: today },
  ],
  'end-not-reached': [concluded, termination(), now, { endsAt: noticedEnd.at, now: today }],
  'end-differs-from-notice': [
    noticed,
    termination(nextDay),
    { now: nextDay.at },
    { noticeEndsAt: noticedEnd.at, found: nextDay.at },
  ],
  'notice-already-given': [noticed, notice(nextDay), now, { endsAt: noticedEnd.at }],
  'notice-not-given': [concluded, noticeWithdrawal, now, {}],
  'interval-empty': [concluded, authorisation(strangerId, { from: today, until: today }), now, {}],
  'issuer-unknown': [concluded, revocation(strangerId, today), now, { issuerId: strangerId }],
  'issuer-already-authorised': [concluded, authorisation(issuerId, { from: today }), now, { issuerId }],
  'sub-processor-unknown': [concluded, dismissal(today), now, { subProcessorId }],
  'sub-processor-already-announced': [announced, announcement(windowEnd), now, { subProcessorId }],
  'sub-processor-objected': [
    [...announced, objection(today)],
    announcement(windowEnd),
    now,
    { subProcessorId },
  ],
  'objection-window-empty': [concluded, announcement(windowEnd), atTheEnd, { objectionUntil: windowEnd.at }],
  'objection-window-closed': [announced, objection(windowEnd.at), now, { objectionUntil: windowEnd.at }],
};

describe.each(refusalsOf(contract, refusals))('the refusal $reason', ({ rejection, check }) => {
  it('is given', check);

  it('is explained in a sentence, with its article, and quotes nothing', () => {
    expect(flawsOf(rejection, explainContractRejection(rejection))).toEqual([]);
  });
});

describe('an explanation is found out', () => {
  const rejection = { reason: 'issuer-unknown', issuerId };
  const article = 'GDPR Art. 29';

  it.each([
    ['that is no sentence', rejection, { sentence: 'issuer unknown', article }],
    ['that is empty', rejection, { sentence: '', article }],
    ['that names no article', rejection, { sentence: 'This issuer is unknown.', article: 'house rules' }],
    ['that quotes an address', rejection, { sentence: 'Nobody is called anna@example.org.', article }],
    ['that quotes a number of its own', rejection, { sentence: 'Nobody has number 4711.', article }],
    ['that has a hole', rejection, { sentence: 'Issuer undefined is unknown.', article }],
    [
      'that carries a name',
      { ...rejection, issuerId: 'Anna' },
      { sentence: 'This issuer is unknown.', article },
    ],
  ])('%s', (_title, flawed, explanation) => {
    expect(flawsOf(flawed, explanation)).not.toEqual([]);
  });
});
