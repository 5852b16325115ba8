import { describe, it } from '@jest/globals';
import {
  amendment,
  concluded,
  contractAfter,
  germany,
  justAfter,
  justBefore,
  noonOf,
  noticed,
  noticedEnd,
  noticeWithdrawal,
  resumption,
  startsAt,
  suspension,
  today,
  type ToldOfContract,
} from '../testing/scenery';
import type { Instant } from '@mandate/event-sourcing';

const later = noonOf('2026-02-10');

const dated: readonly (readonly [string, (effectiveAt: Instant) => ToldOfContract])[] = [
  ['suspending', suspension],
  ['amending', (effectiveAt) => amendment(effectiveAt, { countries: [germany] })],
];

describe.each(dated)('%s a contract', (_name, at) => {
  it('is accepted for any time within the contract, past or to come', () => {
    contractAfter(concluded).accepts(at(today));
    contractAfter(concluded).accepts(at(justBefore(today)));
    contractAfter(concluded).accepts(at(later));
  });

  it('is refused for a time before the contract starts', () => {
    const found = justBefore(startsAt.at);
    contractAfter(concluded).refuses(at(found), {
      reason: 'before-the-contract-starts',
      startsAt: startsAt.at,
      found,
    });
  });

  it('is refused for the noticed end and later, and accepted a millisecond before', () => {
    contractAfter(noticed).accepts(at(justBefore(noticedEnd.at)));
    for (const found of [noticedEnd.at, justAfter(noticedEnd.at)]) {
      const rejection = { reason: 'after-the-contract-ends', endsAt: noticedEnd.at, found } as const;
      contractAfter(noticed).refuses(at(found), rejection);
    }
  });

  it('is accepted for a time after a noticed end that was withdrawn', () => {
    contractAfter([...noticed, noticeWithdrawal]).accepts(at(noticedEnd.at));
  });
});

describe('amending a contract', () => {
  it('follows the terms it was concluded with, by a millisecond', () => {
    contractAfter(concluded).accepts(amendment(justAfter(startsAt.at)));
    contractAfter(concluded).refuses(amendment(startsAt.at), {
      reason: 'amendment-out-of-order',
      lastEffectiveAt: startsAt.at,
      found: startsAt.at,
    });
  });

  it('follows the last amendment in time, by a millisecond', () => {
    const amended = contractAfter([...concluded, amendment(later)]);
    amended.accepts(amendment(justAfter(later)));
    for (const found of [later, justBefore(later)]) {
      amended.refuses(amendment(found), { reason: 'amendment-out-of-order', lastEffectiveAt: later, found });
    }
  });

  it('is accepted while the contract is suspended', () => {
    contractAfter([...concluded, suspension(today)]).accepts(amendment(later));
  });
});

describe('suspending a contract', () => {
  const suspended = [...concluded, suspension(today)];

  it('is accepted from the start of the contract on', () => {
    contractAfter(concluded).accepts(suspension(startsAt.at));
  });

  it('is a retry when it names the same time', () => {
    contractAfter(suspended).takesAsRetry(suspension(today));
  });

  it('is refused while the contract is suspended, for a later time, which adds nothing', () => {
    const rejection = { reason: 'contract-already-suspended', suspendedAt: today } as const;
    contractAfter(suspended).refuses(suspension(justAfter(today)), rejection);
  });

  it('is accepted for an earlier time than the one on record: who may stop may stop sooner', () => {
    contractAfter(suspended).accepts(suspension(justBefore(today)));
    contractAfter([...suspended, suspension(justBefore(today))]).takesAsRetry(suspension(justBefore(today)));
  });

  it('is accepted again after a resumption, by a millisecond', () => {
    const resumed = contractAfter([...suspended, resumption(later)]);
    resumed.accepts(suspension(justAfter(later)));
    resumed.refuses(suspension(later), {
      reason: 'interruption-out-of-order',
      lastEffectiveAt: later,
      found: later,
    });
  });
});

describe('resuming a contract', () => {
  const suspended = [...concluded, suspension(today)];

  it('is accepted after the suspension, by a millisecond', () => {
    contractAfter(suspended).accepts(resumption(justAfter(today)));
    for (const found of [today, justBefore(today)]) {
      const rejection = { reason: 'interruption-out-of-order', lastEffectiveAt: today, found } as const;
      contractAfter(suspended).refuses(resumption(found), rejection);
    }
  });

  it('is refused where nothing is suspended', () => {
    contractAfter(concluded).refuses(resumption(today), { reason: 'contract-not-suspended' });
  });

  it('is a retry when it names the same time, and refused when it names another', () => {
    const resumed = contractAfter([...suspended, resumption(later)]);
    resumed.takesAsRetry(resumption(later));
    resumed.refuses(resumption(justAfter(later)), { reason: 'contract-not-suspended' });
  });

  it('is refused for a time after the noticed end, and before the start', () => {
    contractAfter([...noticed, suspension(today)]).refuses(resumption(noticedEnd.at), {
      reason: 'after-the-contract-ends',
      endsAt: noticedEnd.at,
      found: noticedEnd.at,
    });
    const found = justBefore(startsAt.at);
    contractAfter([...concluded, suspension(startsAt.at)]).refuses(resumption(found), {
      reason: 'before-the-contract-starts',
      startsAt: startsAt.at,
      found,
    });
  });
});
