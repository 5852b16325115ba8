import { describe, it } from '@jest/globals';
import {
  amendment,
  announcement,
  authorisation,
  choice,
  closed,
  conclusion,
  contractAfter,
  contractId,
  day,
  dismissal,
  justBefore,
  notice,
  noticed,
  noticedEnd,
  noticeWithdrawal,
  objection,
  resumption,
  revocation,
  strangerId,
  suspension,
  terminated,
  today,
  writtenAgreement,
  type ToldOfContract,
} from '../testing/scenery';

/** Everything that changes a contract while it lasts. */
const changes: readonly ToldOfContract[] = [
  amendment(today),
  suspension(today),
  resumption(today),
  notice(day('2026-06-01')),
  noticeWithdrawal,
  choice('return-then-delete'),
  authorisation(strangerId, { from: today }),
  revocation(strangerId, today),
  announcement(day('2026-06-01')),
  writtenAgreement(today),
  objection(today),
  dismissal(today),
];

describe('concluding a contract', () => {
  it('is accepted once', () => {
    contractAfter([]).accepts(conclusion());
    contractAfter([conclusion()]).refuses(conclusion(), { reason: 'contract-already-concluded', contractId });
  });

  it('is refused under the id of a contract that has ended or is closed', () => {
    contractAfter(terminated).refuses(conclusion(), { reason: 'contract-ended', endedAt: noticedEnd.at });
    contractAfter(closed).refuses(conclusion(), { reason: 'contract-closed' });
  });
});

describe.each(changes.map((change) => [change.command.type, change] as const))('%s', (_type, change) => {
  it('is refused before the contract is concluded', () => {
    contractAfter([]).refuses(change, { reason: 'contract-not-concluded' });
  });

  it('is refused from the noticed end on, to the millisecond, though no termination is recorded yet', () => {
    contractAfter(noticed, noticedEnd.at).refuses(change, {
      reason: 'contract-ended',
      endedAt: noticedEnd.at,
    });
  });

  it('is refused after the termination, also where it is dated before', () => {
    contractAfter(terminated).refuses(change, { reason: 'contract-ended', endedAt: noticedEnd.at });
  });

  it('is refused once the contract is closed', () => {
    contractAfter(closed).refuses(change, { reason: 'contract-closed' });
  });
});

describe('until the noticed end', () => {
  it('a contract still changes, to the last millisecond', () => {
    const atTheLast = justBefore(noticedEnd.at);
    contractAfter(noticed, atTheLast).accepts(suspension(atTheLast));
    contractAfter(noticed, atTheLast).accepts(choice('return-then-delete'));
    contractAfter(noticed, atTheLast).accepts(noticeWithdrawal);
  });

  it('a notice that was withdrawn ends nothing', () => {
    contractAfter([...noticed, noticeWithdrawal], noticedEnd.at).accepts(choice('return-then-delete'));
  });
});

describe('choosing the end of service', () => {
  it('is accepted as often as the controller changes its mind', () => {
    contractAfter([conclusion()]).accepts(choice('return-then-delete'));
    contractAfter([conclusion(), choice('return-then-delete')]).accepts(choice('delete'));
  });

  it('is a retry where it is chosen already', () => {
    contractAfter([conclusion('delete')]).takesAsRetry(choice('delete'));
    contractAfter([conclusion(), choice('return-then-delete')]).takesAsRetry(choice('return-then-delete'));
  });
});
