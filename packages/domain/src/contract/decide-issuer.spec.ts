import { describe, it } from '@jest/globals';
import {
  authorisation,
  concluded,
  contractAfter,
  issuerId,
  justAfter,
  justBefore,
  noonOf,
  noticed,
  noticedEnd,
  revocation,
  signedAt,
  startsAt,
  strangerId,
  today,
} from '../testing/scenery';

const until = noonOf('2026-03-01');
const known = { reason: 'issuer-already-authorised', issuerId: strangerId } as const;

describe('authorising an issuer', () => {
  it('is accepted, for a while or for good', () => {
    contractAfter(concluded).accepts(authorisation(strangerId, { from: today }));
    contractAfter(concluded).accepts(authorisation(strangerId, { from: today, until }));
  });

  it('is accepted from a time before the contract starts', () => {
    contractAfter(concluded).accepts(authorisation(strangerId, { from: justBefore(startsAt.at) }));
  });

  it('is refused for an interval that holds no instant, and accepted for one of a millisecond', () => {
    for (const end of [today, justBefore(today)]) {
      const next = authorisation(strangerId, { from: today, until: end });
      contractAfter(concluded).refuses(next, { reason: 'interval-empty' });
    }
    contractAfter(concluded).accepts(authorisation(strangerId, { from: today, until: justAfter(today) }));
  });

  it('is refused from the noticed end on, and accepted a millisecond before', () => {
    contractAfter(noticed).accepts(authorisation(strangerId, { from: justBefore(noticedEnd.at) }));
    contractAfter(noticed).refuses(authorisation(strangerId, { from: noticedEnd.at }), {
      reason: 'after-the-contract-ends',
      endsAt: noticedEnd.at,
      found: noticedEnd.at,
    });
  });

  it('is refused where the issuer is authorised for a part of the interval, by a millisecond', () => {
    const authorised = contractAfter([...concluded, authorisation(strangerId, { from: today, until })]);
    authorised.refuses(authorisation(strangerId, { from: justBefore(until) }), known);
    authorised.accepts(authorisation(strangerId, { from: until }));
    const before = noonOf('2026-01-15');
    authorised.refuses(authorisation(strangerId, { from: before, until: justAfter(today) }), known);
    authorised.accepts(authorisation(strangerId, { from: before, until: today }));
    authorised.refuses(authorisation(strangerId, { from: before }), known);
  });

  it('is refused for an issuer whom the contract names, from the receipt of the signed terms on', () => {
    contractAfter(concluded).refuses(authorisation(issuerId, { from: today, until }), {
      reason: 'issuer-already-authorised',
      issuerId,
    });
    const early = noonOf('2025-12-01');
    contractAfter(concluded).accepts(authorisation(issuerId, { from: early, until: signedAt }));
    contractAfter(concluded).refuses(authorisation(issuerId, { from: early, until: justAfter(signedAt) }), {
      reason: 'issuer-already-authorised',
      issuerId,
    });
  });

  it('is accepted again after a revocation, from the same millisecond on', () => {
    const revoked = contractAfter([...concluded, revocation(issuerId, today)]);
    revoked.accepts(authorisation(issuerId, { from: today }));
    revoked.refuses(authorisation(issuerId, { from: justBefore(today) }), {
      reason: 'issuer-already-authorised',
      issuerId,
    });
  });

  it('does not overlap with an authority that was revoked before it began', () => {
    const never = [authorisation(strangerId, { from: until }), revocation(strangerId, today)];
    contractAfter([...concluded, ...never]).accepts(authorisation(strangerId, { from: today }));
  });
});

describe('revoking an issuer', () => {
  it('is accepted for one who is authorised, at any time', () => {
    contractAfter(concluded).accepts(revocation(issuerId, today));
    contractAfter(concluded).accepts(revocation(issuerId, noonOf('2026-05-01')));
  });

  it('is accepted earlier than an authority would end by itself, and a retry where it ends by then', () => {
    const authorised = contractAfter([...concluded, authorisation(strangerId, { from: today, until })]);
    authorised.accepts(revocation(strangerId, justBefore(until)));
    authorised.takesAsRetry(revocation(strangerId, until));
    authorised.takesAsRetry(revocation(strangerId, justAfter(until)));
  });

  it('is a retry where the revocation takes effect by then, and accepted for an earlier time', () => {
    const revoked = contractAfter([...concluded, revocation(issuerId, today)]);
    revoked.takesAsRetry(revocation(issuerId, today));
    revoked.takesAsRetry(revocation(issuerId, justAfter(today)));
    revoked.accepts(revocation(issuerId, justBefore(today)));
  });

  it('ends every authority of the issuer, also one that begins later', () => {
    const second = [revocation(issuerId, today), authorisation(issuerId, { from: until })];
    const returned = [...concluded, ...second];
    contractAfter(returned).accepts(revocation(issuerId, today));
    contractAfter([...returned, revocation(issuerId, today)]).takesAsRetry(revocation(issuerId, today));
  });

  it('shortens an authority that would have ended by itself, to the millisecond', () => {
    const shortened = [
      authorisation(strangerId, { from: today, until }),
      revocation(strangerId, justBefore(until)),
    ];
    contractAfter([...concluded, ...shortened]).accepts(
      authorisation(strangerId, { from: justBefore(until) }),
    );
  });

  it('prolongs nothing: an authority that ended before stays ended', () => {
    const returning = noonOf('2026-04-01');
    const story = [
      ...concluded,
      authorisation(strangerId, { from: today, until }),
      authorisation(strangerId, { from: returning }),
      revocation(strangerId, noonOf('2026-05-01')),
    ];
    contractAfter(story).accepts(authorisation(strangerId, { from: until, until: returning }));
  });

  it('is refused for one who was never authorised', () => {
    contractAfter(concluded).refuses(revocation(strangerId, today), {
      reason: 'issuer-unknown',
      issuerId: strangerId,
    });
  });
});
