import { describe, it } from '@jest/globals';
import { nth } from '../testing';
import {
  acknowledging,
  adding,
  archive,
  closed,
  concluded,
  conclusion,
  conflicting,
  dataSetAfter,
  dataSetFacts,
  day,
  deleting,
  destroyingKeys,
  erased,
  erasingStore,
  held,
  index,
  justAfter,
  justBefore,
  keyless,
  lifting,
  noticed,
  noticedEnd,
  ordered,
  ordering,
  poland,
  queue,
  receipt,
  registering,
  removing,
  retaining,
  returning,
  takingBack,
  termination,
  today,
  unitedStates,
  whenDeleting,
  whenReturning,
} from '../testing/scenery';

const ongoing = { reason: 'contract-not-terminated' } as const;

describe('returning a data set', () => {
  it('is accepted when the contract is terminated and return was chosen', () => {
    dataSetAfter(held, whenReturning).accepts(returning);
    dataSetAfter(held, whenDeleting).refuses(returning, { reason: 'return-not-chosen' });
  });

  it('is refused before the termination, also where the noticed end has come', () => {
    dataSetAfter(held, dataSetFacts([conclusion('return-then-delete')])).refuses(returning, ongoing);
    dataSetAfter(held, dataSetFacts(noticed, justAfter(noticedEnd.at))).refuses(returning, ongoing);
    dataSetAfter(held, dataSetFacts([])).refuses(returning, ongoing);
  });

  it('is a retry once it was returned, or acknowledged', () => {
    dataSetAfter([...held, returning], whenReturning).takesAsRetry(returning);
    dataSetAfter([...held, returning, acknowledging], whenReturning).takesAsRetry(returning);
  });

  it('is acknowledged once it has happened, and then again as a retry', () => {
    dataSetAfter(held, whenReturning).refuses(acknowledging, { reason: 'not-returned' });
    dataSetAfter([...held, returning], whenReturning).accepts(acknowledging);
    dataSetAfter([...held, returning, acknowledging], whenReturning).takesAsRetry(acknowledging);
  });
});

describe('a data set that was taken back', () => {
  const first = day('2026-02-12');
  const withdrawn = [...held, takingBack(first)];
  const [before, then] = [justBefore(first.at), first.at].map((now) => dataSetFacts(concluded, now));

  it('is deleted from its day on, while the contract goes on, and not a millisecond before', () => {
    dataSetAfter(withdrawn, before).refuses(ordering(), ongoing);
    dataSetAfter(withdrawn, then).accepts(ordering());
    dataSetAfter(held, then).refuses(ordering(), ongoing);
  });

  it('is returned first where that was chosen, and waits for the acknowledgement and for laws', () => {
    const chosen = dataSetFacts([conclusion('return-then-delete')], first.at);
    dataSetAfter(withdrawn, chosen).refuses(ordering(), { reason: 'return-not-acknowledged' });
    dataSetAfter(withdrawn, chosen).accepts(returning);
    dataSetAfter([...withdrawn, returning, acknowledging], chosen).accepts(ordering('return-then-delete'));
    const until = day('2031-01-01');
    dataSetAfter([...withdrawn, retaining(until)], then).refuses(ordering(), {
      reason: 'retention-in-force',
      retentionId: nth.retentionId(1),
      until: until.at,
    });
  });
});

describe('ordering the deletion', () => {
  it('is accepted when the contract is terminated or closed', () => {
    dataSetAfter(held, whenDeleting).accepts(ordering());
    dataSetAfter(held, dataSetFacts(closed)).accepts(ordering());
  });

  it('is refused before, also where the noticed end has come', () => {
    dataSetAfter(held, dataSetFacts(concluded)).refuses(ordering(), ongoing);
    dataSetAfter(held, dataSetFacts(noticed, justAfter(noticedEnd.at))).refuses(ordering(), ongoing);
    dataSetAfter(held, dataSetFacts([])).refuses(ordering(), ongoing);
  });

  it('writes down what will be destroyed: recipients and stores as they are', () => {
    const story = [...held, adding(5), removing(2), registering(queue)];
    const left = { recipients: 13, stores: [archive, index, queue] } as const;
    dataSetAfter(story, whenDeleting).accepts(ordering('delete', left));
  });

  it('waits for the acknowledgement where return was chosen', () => {
    const waiting = { reason: 'return-not-acknowledged' } as const;
    dataSetAfter(held, whenReturning).refuses(ordering(), waiting);
    dataSetAfter([...held, returning], whenReturning).refuses(ordering(), waiting);
    const returned = [...held, returning, acknowledging];
    dataSetAfter(returned, whenReturning).accepts(ordering('return-then-delete'));
  });

  it('waits until a law no longer requires storage, to the millisecond', () => {
    const until = day('2026-10-25');
    const retained = [...held, retaining(until)];
    const at = (now: typeof today) => dataSetFacts([conclusion(), termination()], now);
    dataSetAfter(retained, at(justBefore(until.at))).refuses(ordering(), {
      reason: 'retention-in-force',
      retentionId: nth.retentionId(1),
      until: until.at,
    });
    dataSetAfter(retained, at(until.at)).accepts(ordering());
    dataSetAfter([...retained, lifting(today)], at(justBefore(until.at))).accepts(ordering());
  });

  it('waits for the last of several laws, and for no conflict', () => {
    const [first, second] = [nth.retentionId(1), nth.retentionId(2)];
    const until = day('2031-01-01');
    const story = [...held, retaining(until, poland, first), retaining(until, poland, second)];
    dataSetAfter([...story, lifting(today, first)], whenDeleting).refuses(ordering(), {
      reason: 'retention-in-force',
      retentionId: second,
      until: until.at,
    });
    dataSetAfter([...held, conflicting(unitedStates)], whenDeleting).accepts(ordering());
  });
});

describe('erasing a store', () => {
  it('is accepted for each registered store, and a retry for an erased one', () => {
    dataSetAfter(ordered, whenDeleting).accepts(erasingStore(archive));
    dataSetAfter([...ordered, erasingStore(archive)], whenDeleting).accepts(erasingStore(index));
    dataSetAfter([...ordered, erasingStore(archive)], whenDeleting).takesAsRetry(erasingStore(archive));
  });

  it('is refused for a store that nobody registered, until somebody does', () => {
    dataSetAfter(ordered, whenDeleting).refuses(erasingStore(queue), {
      reason: 'store-not-registered',
      store: queue,
    });
    dataSetAfter([...ordered, registering(queue)], whenDeleting).accepts(erasingStore(queue));
  });

  it('is refused on a receipt that leaves something, be it one item', () => {
    dataSetAfter(ordered, whenDeleting).accepts(erasingStore(archive, receipt(10, 10)));
    dataSetAfter(ordered, whenDeleting).accepts(erasingStore(archive, receipt(0)));
    dataSetAfter(ordered, whenDeleting).refuses(erasingStore(archive, receipt(10, 9)), {
      reason: 'erasure-incomplete',
      store: archive,
      found: 10,
      erased: 9,
    });
  });

  it('is refused on a receipt that erased more than it found', () => {
    dataSetAfter(ordered, whenDeleting).refuses(erasingStore(archive, receipt(10, 11)), {
      reason: 'erasure-incomplete',
      store: archive,
      found: 10,
      erased: 11,
    });
  });

  it('is a retry for an erased store, whatever the second receipt says', () => {
    const again = erasingStore(archive, receipt(10, 9));
    dataSetAfter([...ordered, erasingStore(archive)], whenDeleting).takesAsRetry(again);
  });
});

describe('destroying the keys', () => {
  it('is accepted once, and a retry after that', () => {
    dataSetAfter(ordered).accepts(destroyingKeys);
    dataSetAfter(keyless).takesAsRetry(destroyingKeys);
  });
});

describe('deleting a data set', () => {
  it('is accepted when the keys are destroyed and every store is erased, in either order', () => {
    const stores = [erasingStore(index), erasingStore(archive)];
    dataSetAfter(erased).accepts(deleting);
    dataSetAfter([...ordered, ...stores, destroyingKeys]).accepts(deleting);
  });

  it('is refused while the keys exist', () => {
    const stores = [erasingStore(index), erasingStore(archive)];
    dataSetAfter(ordered).refuses(deleting, { reason: 'keys-not-destroyed' });
    dataSetAfter([...ordered, ...stores]).refuses(deleting, { reason: 'keys-not-destroyed' });
  });

  it('is refused while a store holds something, also one that was registered last', () => {
    dataSetAfter(keyless).refuses(deleting, { reason: 'stores-not-erased', stores: [archive, index] });
    dataSetAfter([...erased, registering(queue)]).refuses(deleting, {
      reason: 'stores-not-erased',
      stores: [queue],
    });
    dataSetAfter([...erased, registering(queue), erasingStore(queue)]).accepts(deleting);
  });
});
