import { describe, it } from '@jest/globals';
import {
  closed,
  closing,
  concluded,
  contractAfter,
  day,
  justAfter,
  justBefore,
  notice,
  noticed,
  noticedEnd,
  noticeWithdrawal,
  startsAt,
  terminated,
  termination,
} from '../testing/scenery';
import { nth } from '../testing';

const dayBefore = day('2026-03-29');
const dayAfter = day('2026-03-31');

describe('giving notice', () => {
  it('is accepted for an end that lies ahead, by a millisecond', () => {
    contractAfter(concluded).accepts(notice());
    contractAfter(concluded, justBefore(noticedEnd.at)).accepts(notice());
  });

  it('is refused for an end that has come: that is a termination', () => {
    const rejection = { reason: 'contract-ended', endedAt: noticedEnd.at } as const;
    contractAfter(concluded, noticedEnd.at).refuses(notice(), rejection);
    contractAfter(concluded, justAfter(noticedEnd.at)).refuses(notice(), rejection);
  });

  it('is accepted for the very day on which the contract starts, and for none before', () => {
    const early = justBefore(day('2025-12-01').at);
    const found = day('2025-12-31');
    contractAfter(concluded, early).accepts(notice(startsAt));
    contractAfter(concluded, early).refuses(notice(found), {
      reason: 'before-the-contract-starts',
      startsAt: startsAt.at,
      found: found.at,
    });
  });

  it('is refused while another notice stands', () => {
    const rejection = { reason: 'notice-already-given', endsAt: noticedEnd.at } as const;
    contractAfter(noticed).refuses(notice(dayAfter), rejection);
    contractAfter(noticed).refuses(notice(), rejection);
  });

  it('is accepted again once the first notice was withdrawn', () => {
    contractAfter([...noticed, noticeWithdrawal]).accepts(notice(dayAfter));
  });
});

describe('withdrawing a notice', () => {
  it('is accepted while a notice stands', () => contractAfter(noticed).accepts(noticeWithdrawal));

  it('is refused where none was given, or where it was withdrawn already', () => {
    contractAfter(concluded).refuses(noticeWithdrawal, { reason: 'notice-not-given' });
    contractAfter([...noticed, noticeWithdrawal]).refuses(noticeWithdrawal, { reason: 'notice-not-given' });
  });
});

describe('terminating a contract', () => {
  it('is accepted from the end on, to the millisecond', () => {
    contractAfter(noticed, noticedEnd.at).accepts(termination());
    contractAfter(concluded, noticedEnd.at).accepts(termination());
  });

  it('is refused before the end', () => {
    const now = justBefore(noticedEnd.at);
    const rejection = { reason: 'end-not-reached', endsAt: noticedEnd.at, now } as const;
    contractAfter(noticed, now).refuses(termination(), rejection);
    contractAfter(concluded, now).refuses(termination(), rejection);
  });

  it('is accepted for an earlier day than the notice names: a party may end at once', () => {
    contractAfter(noticed, noticedEnd.at).accepts(termination(dayBefore));
    contractAfter(noticed, dayBefore.at).accepts(termination(dayBefore));
  });

  it('is refused for a later day than the notice names: nothing prolongs a contract', () => {
    contractAfter(noticed, dayAfter.at).refuses(termination(dayAfter), {
      reason: 'end-differs-from-notice',
      noticeEndsAt: noticedEnd.at,
      found: dayAfter.at,
    });
  });

  it('is accepted for any day that has come, once the notice was withdrawn', () => {
    contractAfter([...noticed, noticeWithdrawal], dayAfter.at).accepts(termination(dayAfter));
  });

  it('is accepted for the very day on which the contract starts, and for none before', () => {
    const found = day('2025-12-31');
    contractAfter(concluded).accepts(termination(startsAt));
    contractAfter(concluded).refuses(termination(found), {
      reason: 'before-the-contract-starts',
      startsAt: startsAt.at,
      found: found.at,
    });
  });

  it('is a retry when it names the same end, and refused when it names another', () => {
    const ended = { reason: 'contract-ended', endedAt: noticedEnd.at } as const;
    contractAfter(terminated, dayAfter.at).takesAsRetry(termination());
    contractAfter(terminated, dayAfter.at).refuses(termination(dayAfter), ended);
    contractAfter(terminated, dayAfter.at).refuses(termination(dayBefore), ended);
  });

  it('is refused once the contract is closed', () => {
    contractAfter(closed, dayAfter.at).refuses(termination(), { reason: 'contract-closed' });
  });

  it('is refused where there is no contract', () => {
    contractAfter([]).refuses(termination(), { reason: 'contract-not-concluded' });
  });
});

describe('closing a contract', () => {
  it('is accepted after its termination', () => contractAfter(terminated).accepts(closing()));

  it('is refused before, also where the noticed end has come', () => {
    contractAfter(concluded).refuses(closing(), { reason: 'contract-not-terminated' });
    contractAfter(noticed, dayAfter.at).refuses(closing(), { reason: 'contract-not-terminated' });
  });

  it('is a retry with the same certificate, and refused with another', () => {
    contractAfter(closed).takesAsRetry(closing());
    contractAfter(closed).refuses(closing(nth.certificateId(2)), { reason: 'contract-closed' });
  });

  it('is refused where there is no contract', () => {
    contractAfter([]).refuses(closing(), { reason: 'contract-not-concluded' });
  });
});
