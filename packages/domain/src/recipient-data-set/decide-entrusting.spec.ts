import { describe, it } from '@jest/globals';
import {
  adding,
  amendment,
  archive,
  concluded,
  contractId,
  dataSetAfter,
  dataSetFacts,
  entrusting,
  germany,
  held,
  justBefore,
  noonOf,
  noticed,
  noticedEnd,
  poland,
  queue,
  registering,
  removing,
  startsAt,
  store,
  terminated,
  unitedStates,
} from '../testing/scenery';

describe('entrusting a data set', () => {
  it('is accepted once', () => {
    dataSetAfter([]).accepts(entrusting());
    dataSetAfter(held).refuses(entrusting(), { reason: 'data-set-already-entrusted' });
  });

  it('is accepted without recipients: they may follow', () => {
    dataSetAfter([]).accepts(entrusting({ recipients: 0 }));
  });

  it('is refused for a category that the contract does not cover', () => {
    dataSetAfter([]).accepts(entrusting({ categories: ['message-content', 'recipient-contact'] }));
    dataSetAfter([]).refuses(entrusting({ categories: ['recipient-contact', 'technical-metadata'] }), {
      reason: 'category-outside-the-contract',
      categories: ['technical-metadata'],
    });
  });

  it('is refused for a region that the contract does not allow, of the data or of a store', () => {
    const rejection = { reason: 'country-outside-the-contract', country: unitedStates } as const;
    dataSetAfter([]).accepts(entrusting({ region: germany, stores: [store(archive, germany)] }));
    dataSetAfter([]).refuses(entrusting({ region: unitedStates }), rejection);
    dataSetAfter([]).refuses(entrusting({ stores: [store(archive), store(queue, unitedStates)] }), rejection);
  });

  it('is measured by the terms that hold at the moment', () => {
    const from = noonOf('2026-02-15');
    const story = [...concluded, amendment(from, { countries: [germany] })];
    dataSetAfter([], dataSetFacts(story, justBefore(from))).accepts(entrusting());
    dataSetAfter([], dataSetFacts(story, from)).refuses(entrusting(), {
      reason: 'country-outside-the-contract',
      country: poland,
    });
  });

  it('is refused where a store is named twice', () => {
    dataSetAfter([]).refuses(entrusting({ stores: [store(archive), store(queue), store(archive)] }), {
      reason: 'store-repeated',
      store: archive,
    });
  });
});

describe.each([
  ['entrusting a data set', [], entrusting()],
  ['adding recipients', held, adding(5)],
] as const)('%s', (_name, story, next) => {
  it('needs a contract', () => {
    dataSetAfter(story, dataSetFacts([])).refuses(next, { reason: 'contract-not-concluded', contractId });
  });

  it('is accepted from the start of the contract on, and refused before, to the millisecond', () => {
    dataSetAfter(story, dataSetFacts(concluded, startsAt.at)).accepts(next);
    dataSetAfter(story, dataSetFacts(concluded, justBefore(startsAt.at))).refuses(next, {
      reason: 'contract-not-started',
      startsAt: startsAt.at,
    });
  });

  it('is accepted until the noticed end, and refused from it on, to the millisecond', () => {
    const rejection = { reason: 'contract-ended', endedAt: noticedEnd.at } as const;
    dataSetAfter(story, dataSetFacts(noticed, justBefore(noticedEnd.at))).accepts(next);
    dataSetAfter(story, dataSetFacts(noticed, noticedEnd.at)).refuses(next, rejection);
  });

  it('is refused after the termination', () => {
    dataSetAfter(story, dataSetFacts(terminated)).refuses(next, {
      reason: 'contract-ended',
      endedAt: noticedEnd.at,
    });
  });
});

describe('removing recipients', () => {
  it('is accepted for as many as are held, and refused for one more', () => {
    dataSetAfter(held).accepts(removing(10));
    dataSetAfter(held).refuses(removing(11), {
      reason: 'more-recipients-than-held',
      held: 10,
      found: 11,
    });
  });

  it('counts what was added and removed before', () => {
    const moved = dataSetAfter([...held, adding(5), removing(2)]);
    moved.accepts(removing(13));
    moved.refuses(removing(14), { reason: 'more-recipients-than-held', held: 13, found: 14 });
  });

  it('is accepted after the contract has ended', () => {
    dataSetAfter(held, dataSetFacts(terminated)).accepts(removing(1));
  });
});

describe('registering a store', () => {
  it('is accepted at any time: better late than never erased', () => {
    dataSetAfter(held).accepts(registering(queue));
    dataSetAfter(held, dataSetFacts(terminated)).accepts(registering(queue));
  });

  it('is refused where it is registered already', () => {
    dataSetAfter(held).refuses(registering(archive), { reason: 'store-repeated', store: archive });
    dataSetAfter([...held, registering(queue)]).refuses(registering(queue), {
      reason: 'store-repeated',
      store: queue,
    });
  });
});
