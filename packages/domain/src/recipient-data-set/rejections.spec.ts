import { describe, expect, it } from '@jest/globals';
import { nth } from '../testing';
import {
  acknowledging,
  adding,
  afterwards,
  archive,
  concluded,
  contractId,
  dataSetFacts,
  day,
  deleted,
  deleting,
  destroyingKeys,
  entrusting,
  erasingStore,
  flawsOf,
  held,
  index,
  justBefore,
  keyless,
  lifting,
  noonOf,
  noticedEnd,
  noticing,
  ordered,
  ordering,
  otherContractId,
  processing,
  queue,
  receipt,
  refusalsOf,
  registering,
  removing,
  restricting,
  retaining,
  returning,
  startsAt,
  store,
  takingBack,
  today,
  unitedStates,
  unrestricting,
  whenDeleting,
  whenReturning,
  type Refusals,
  type ToldOfDataSet,
} from '../testing/scenery';
import type { DataSetCommand } from './commands';
import type { DataSetEvent } from './events';
import { recipientDataSet, type DataSetFacts } from './index';
import { explainDataSetRejection, type DataSetRejection } from './rejections';

const now = dataSetFacts();
const later = noonOf('2026-02-10');
const until = day('2031-01-01');
const retentionId = nth.retentionId(1);
const restricted = [...held, restricting(today)];
const { command } = removing(1);
const underAnother: ToldOfDataSet = {
  ...removing(1),
  command: { ...command, data: { ...command.data, contractId: otherContractId } } as DataSetCommand,
};

const refusals: Refusals<DataSetCommand, DataSetEvent, DataSetRejection, DataSetFacts> = {
  'contract-not-concluded': [[], entrusting(), dataSetFacts([]), { contractId }],
  'contract-not-started': [
    [],
    entrusting(),
    dataSetFacts(concluded, justBefore(startsAt.at)),
    { startsAt: startsAt.at },
  ],
  'contract-ended': [held, adding(1), whenDeleting, { endedAt: noticedEnd.at }],
  'contract-not-terminated': [held, ordering(), now, {}],
  'category-outside-the-contract': [
    [],
    entrusting({ categories: ['technical-metadata'] }),
    now,
    { categories: ['technical-metadata'] },
  ],
  'country-outside-the-contract': [[], entrusting({ region: unitedStates }), now, { country: unitedStates }],
  'data-set-not-entrusted': [[], adding(1), now, {}],
  'data-set-already-entrusted': [held, entrusting(), now, {}],
  'data-set-of-another-contract': [held, underAnother, now, { found: otherContractId }],
  'deletion-ordered': [ordered, removing(1), now, {}],
  'deletion-not-ordered': [held, destroyingKeys, now, {}],
  'data-set-deleted': [deleted, removing(1), now, { deletedAt: afterwards }],
  'more-recipients-than-held': [held, removing(11), now, { held: 10, found: 11 }],
  'store-repeated': [[], entrusting({ stores: [store(), store()] }), now, { store: archive }],
  'store-not-registered': [ordered, erasingStore(queue), now, { store: queue }],
  'interval-empty': [held, processing(noonOf('2026-01-31')), now, {}],
  'batch-already-recorded': [[...held, processing()], processing(), now, { batchId: nth.batchId(1) }],
  'already-restricted': [restricted, restricting(later), now, { restrictedAt: today }],
  'not-restricted': [held, unrestricting(today), now, {}],
  'restriction-out-of-order': [
    restricted,
    unrestricting(today),
    now,
    { lastEffectiveAt: today, found: today },
  ],
  'already-withdrawn': [
    [...held, takingBack(day('2026-02-12'))],
    takingBack(day('2026-02-13')),
    now,
    { withdrawnFrom: day('2026-02-12').at },
  ],
  'retention-already-applied': [[...held, retaining(until)], retaining(until), now, { retentionId }],
  'retention-unknown': [held, lifting(today), now, { retentionId }],
  'retention-in-force': [
    [...held, retaining(until)],
    ordering(),
    whenDeleting,
    { retentionId, until: until.at },
  ],
  'return-not-chosen': [held, returning, whenDeleting, {}],
  'not-returned': [held, acknowledging, whenReturning, {}],
  'return-not-acknowledged': [[...held, returning], ordering(), whenReturning, {}],
  'informed-before-noticed': [
    held,
    noticing(justBefore(today)),
    now,
    { noticedAt: today, informedAt: justBefore(today) },
  ],
  'erasure-incomplete': [
    ordered,
    erasingStore(archive, receipt(10, 9)),
    now,
    { store: archive, found: 10, erased: 9 },
  ],
  'receipt-time-impossible': [
    ordered,
    erasingStore(archive, { ...receipt(10, 10), firstActionAt: today, lastActionAt: justBefore(today) }),
    now,
    { store: archive, firstActionAt: today, lastActionAt: justBefore(today), now: today },
  ],
  'keys-not-destroyed': [ordered, deleting, now, {}],
  'stores-not-erased': [
    [...keyless, registering(queue), erasingStore(queue)],
    deleting,
    now,
    { stores: [archive, index] },
  ],
};

describe.each(refusalsOf(recipientDataSet, refusals))('the refusal $reason', ({ rejection, check }) => {
  it('is given', check);

  it('is explained in a sentence, with its article, and quotes nothing', () => {
    expect(flawsOf(rejection, explainDataSetRejection(rejection))).toEqual([]);
  });
});
