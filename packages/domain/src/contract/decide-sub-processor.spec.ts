import { describe, it } from '@jest/globals';
import {
  announcement,
  concluded,
  contractAfter,
  day,
  dismissal,
  justAfter,
  justBefore,
  noticed,
  noticedEnd,
  objection,
  startsAt,
  subProcessorId,
  today,
  writtenAgreement,
} from '../testing/scenery';

const windowEnd = day('2026-03-02');
const announced = [...concluded, announcement(windowEnd)];
const objected = [...announced, objection(today)];
const authorised = [...announced, writtenAgreement(today)];
const dismissed = [...announced, dismissal(today)];

const inUse = { reason: 'sub-processor-already-announced', subProcessorId } as const;
const unknown = { reason: 'sub-processor-unknown', subProcessorId } as const;

describe('announcing a sub-processor', () => {
  it('is accepted with a window for objections that is open, by a millisecond', () => {
    contractAfter(concluded).accepts(announcement(windowEnd));
    contractAfter(concluded, justBefore(windowEnd.at)).accepts(announcement(windowEnd));
  });

  it('is refused with a window that has closed', () => {
    const rejection = { reason: 'objection-window-empty', objectionUntil: windowEnd.at } as const;
    contractAfter(concluded, windowEnd.at).refuses(announcement(windowEnd), rejection);
    contractAfter(concluded, justAfter(windowEnd.at)).refuses(announcement(windowEnd), rejection);
  });

  it('is refused where it was announced or agreed to already', () => {
    contractAfter(announced).refuses(announcement(windowEnd), inUse);
    contractAfter(authorised).refuses(announcement(windowEnd), inUse);
  });

  it('is refused where the controller objected', () => {
    contractAfter(objected).refuses(announcement(windowEnd), {
      reason: 'sub-processor-objected',
      subProcessorId,
    });
  });

  it('is accepted again after a dismissal', () => contractAfter(dismissed).accepts(announcement(windowEnd)));
});

describe('agreeing to a sub-processor in writing', () => {
  it('is accepted unannounced, announced, after an objection and after a dismissal', () => {
    for (const story of [concluded, announced, objected, dismissed]) {
      contractAfter(story).accepts(writtenAgreement(today));
    }
  });

  it('is refused where it was agreed to already', () => {
    contractAfter(authorised).refuses(writtenAgreement(today), inUse);
  });

  it('is accepted from the start of the contract on, and refused before', () => {
    const found = justBefore(startsAt.at);
    contractAfter(concluded).accepts(writtenAgreement(startsAt.at));
    contractAfter(concluded).refuses(writtenAgreement(found), {
      reason: 'before-the-contract-starts',
      startsAt: startsAt.at,
      found,
    });
  });

  it('is refused from the noticed end on, and accepted a millisecond before', () => {
    contractAfter(noticed).accepts(writtenAgreement(justBefore(noticedEnd.at)));
    contractAfter(noticed).refuses(writtenAgreement(noticedEnd.at), {
      reason: 'after-the-contract-ends',
      endsAt: noticedEnd.at,
      found: noticedEnd.at,
    });
  });
});

describe('objecting to a sub-processor', () => {
  it('is accepted when it was received in the window, by a millisecond', () => {
    contractAfter(announced).accepts(objection(today));
    contractAfter(announced).accepts(objection(justBefore(windowEnd.at)));
  });

  it('is refused when it was received after the window had closed', () => {
    const rejection = { reason: 'objection-window-closed', objectionUntil: windowEnd.at } as const;
    contractAfter(announced).refuses(objection(windowEnd.at), rejection);
    contractAfter(announced).refuses(objection(justAfter(windowEnd.at)), rejection);
  });

  it('counts by its receipt, though it is recorded when the window has closed', () => {
    contractAfter(announced, justAfter(windowEnd.at)).accepts(objection(justBefore(windowEnd.at)));
  });

  it('is a retry after an objection', () => contractAfter(objected).takesAsRetry(objection(today)));

  it('is refused where it was agreed to in writing', () => {
    contractAfter(authorised).refuses(objection(today), inUse);
  });

  it('is refused where nothing is announced', () => {
    contractAfter(concluded).refuses(objection(today), unknown);
    contractAfter(dismissed).refuses(objection(today), unknown);
  });
});

describe('dismissing a sub-processor', () => {
  it('is accepted whether it is announced, agreed to or objected to', () => {
    for (const story of [announced, authorised, objected]) contractAfter(story).accepts(dismissal(today));
  });

  it('is a retry after a dismissal, and accepted for an earlier time', () => {
    contractAfter(dismissed).takesAsRetry(dismissal(today));
    contractAfter(dismissed).takesAsRetry(dismissal(justAfter(today)));
    contractAfter(dismissed).accepts(dismissal(justBefore(today)));
  });

  it('is refused where it was never announced', () => {
    contractAfter(concluded).refuses(dismissal(today), unknown);
  });
});
