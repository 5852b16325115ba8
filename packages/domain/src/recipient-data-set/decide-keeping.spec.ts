import { describe, it } from '@jest/globals';
import { nth } from '../testing';
import type { Country } from '../vocabulary';
import {
  conflicting,
  dataSetAfter,
  day,
  entrusting,
  erasing,
  held,
  justAfter,
  justBefore,
  lifting,
  noonOf,
  noticedEnd,
  noticing,
  poland,
  processing,
  removing,
  restricting,
  retaining,
  takingBack,
  today,
  unitedStates,
  unrestricting,
  whenDeleting,
} from '../testing/scenery';

const later = noonOf('2026-02-10');
const until = day('2031-01-01');

describe('recording processing', () => {
  it('is accepted once for each batch', () => {
    const next = dataSetAfter([...held, processing()]);
    next.refuses(processing(), { reason: 'batch-already-recorded', batchId: nth.batchId(1) });
    next.accepts(processing(noonOf('2026-02-01'), nth.batchId(2)));
  });

  it('is refused for an interval that holds no instant, and accepted for a millisecond', () => {
    const from = noonOf('2026-01-31');
    dataSetAfter(held).refuses(processing(from), { reason: 'interval-empty' });
    dataSetAfter(held).refuses(processing(justBefore(from)), { reason: 'interval-empty' });
    dataSetAfter(held).accepts(processing(justAfter(from)));
  });
});

describe('taking a data set back', () => {
  const [sooner, first, after] = [day('2026-02-11'), day('2026-02-12'), day('2026-02-13')];
  const withdrawn = [...held, takingBack(first)];

  it('is accepted while the contract goes on, for a day that has come as well', () => {
    dataSetAfter(held).accepts(takingBack(first));
    dataSetAfter(held).accepts(takingBack(day('2026-01-15')));
  });

  it('is accepted again for an earlier day, a retry for the same one, and refused for a later one', () => {
    dataSetAfter(withdrawn).accepts(takingBack(sooner));
    dataSetAfter(withdrawn).takesAsRetry(takingBack(first));
    const rejection = { reason: 'already-withdrawn', withdrawnFrom: first.at } as const;
    dataSetAfter(withdrawn).refuses(takingBack(after), rejection);
  });

  it('is refused after the end of the contract, when everything goes in any case', () => {
    dataSetAfter(held, whenDeleting).refuses(takingBack(first), {
      reason: 'contract-ended',
      endedAt: noticedEnd.at,
    });
  });
});

describe('restricting a data set', () => {
  const restricted = [...held, restricting(today)];
  const lifted = [...restricted, unrestricting(later)];

  it('is accepted', () => dataSetAfter(held).accepts(restricting(today)));

  it('is a retry when it names the same time, and refused when it names another', () => {
    dataSetAfter(restricted).takesAsRetry(restricting(today));
    dataSetAfter(restricted).refuses(restricting(justAfter(today)), {
      reason: 'already-restricted',
      restrictedAt: today,
    });
  });

  it('is accepted for an earlier time than the one on record: who may stop may stop sooner', () => {
    const sooner = justBefore(today);
    dataSetAfter(restricted).accepts(restricting(sooner));
    dataSetAfter([...restricted, restricting(sooner)]).takesAsRetry(restricting(sooner));
  });

  it('is accepted again after the last restriction was lifted, by a millisecond', () => {
    dataSetAfter(lifted).accepts(restricting(justAfter(later)));
    for (const found of [later, justBefore(later)]) {
      const rejection = { reason: 'restriction-out-of-order', lastEffectiveAt: later, found } as const;
      dataSetAfter(lifted).refuses(restricting(found), rejection);
    }
  });

  it('is lifted after it began, by a millisecond', () => {
    dataSetAfter(restricted).accepts(unrestricting(justAfter(today)));
    for (const found of [today, justBefore(today)]) {
      const rejection = { reason: 'restriction-out-of-order', lastEffectiveAt: today, found } as const;
      dataSetAfter(restricted).refuses(unrestricting(found), rejection);
    }
  });

  it('is lifted once: the same again is a retry, another is refused', () => {
    dataSetAfter(lifted).takesAsRetry(unrestricting(later));
    dataSetAfter(lifted).refuses(unrestricting(justAfter(later)), { reason: 'not-restricted' });
    dataSetAfter(held).refuses(unrestricting(later), { reason: 'not-restricted' });
  });
});

describe('erasing a recipient', () => {
  it('is accepted, and a retry for the same request', () => {
    dataSetAfter(held).accepts(erasing());
    dataSetAfter([...held, erasing()]).takesAsRetry(erasing());
    dataSetAfter([...held, erasing()]).accepts(erasing(nth.erasureRequestId(2)));
  });

  it('leaves one recipient less', () => {
    dataSetAfter([...held, erasing()]).refuses(removing(10), {
      reason: 'more-recipients-than-held',
      held: 9,
      found: 10,
    });
  });

  it('is refused where there is nobody left, but for a retry', () => {
    const [first, second] = [nth.erasureRequestId(1), nth.erasureRequestId(2)];
    const last = [entrusting({ recipients: 1 }), erasing(first)];
    dataSetAfter([entrusting({ recipients: 1 })]).accepts(erasing(first));
    dataSetAfter(last).takesAsRetry(erasing(first));
    dataSetAfter(last).refuses(erasing(second), {
      reason: 'more-recipients-than-held',
      held: 0,
      found: 1,
    });
  });
});

describe('noticing special categories', () => {
  it('is accepted when the controller was told then or later, and refused when before', () => {
    dataSetAfter(held).accepts(noticing(today));
    dataSetAfter(held).accepts(noticing(later));
    const informedAt = justBefore(today);
    dataSetAfter(held).refuses(noticing(informedAt), {
      reason: 'informed-before-noticed',
      noticedAt: today,
      informedAt,
    });
  });
});

describe('applying a law that requires storage', () => {
  it.each(['EU', 'PL', 'DE', 'GR', 'HR'])('is accepted for the law of %s', (jurisdiction) => {
    dataSetAfter(held).accepts(retaining(until, jurisdiction as Country));
  });

  it.each(['US', 'GB', 'CH', 'NO'])('puts a demand under the law of %s on record as a conflict', (found) => {
    dataSetAfter(held).accepts(conflicting(found as Country));
  });

  it('is accepted once under each id, also after a conflict', () => {
    const rejection = { reason: 'retention-already-applied', retentionId: nth.retentionId(1) } as const;
    dataSetAfter([...held, retaining(until)]).refuses(retaining(until), rejection);
    dataSetAfter([...held, conflicting(unitedStates)]).refuses(retaining(until), rejection);
    dataSetAfter([...held, retaining(until)]).accepts(retaining(until, poland, nth.retentionId(2)));
  });
});

describe('lifting a law that required storage', () => {
  const unknown = { reason: 'retention-unknown', retentionId: nth.retentionId(1) } as const;

  it('is accepted once', () => {
    dataSetAfter([...held, retaining(until)]).accepts(lifting(today));
    dataSetAfter([...held, retaining(until), lifting(today)]).refuses(lifting(today), unknown);
  });

  it('is accepted from the day on which it is lifted, and refused before, to the millisecond', () => {
    const retained = dataSetAfter([...held, retaining(until)]);
    retained.accepts(lifting(justBefore(today)));
    retained.refuses(lifting(justAfter(today)), {
      reason: 'retention-in-force',
      retentionId: nth.retentionId(1),
      until: justAfter(today),
    });
  });

  it('is refused where none applies, and for a conflict, which never did', () => {
    dataSetAfter(held).refuses(lifting(today), unknown);
    dataSetAfter([...held, conflicting(unitedStates)]).refuses(lifting(today), unknown);
  });
});
