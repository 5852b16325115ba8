import { describe, it } from '@jest/globals';
import {
  acknowledging,
  adding,
  afterwards,
  dataSetAfter,
  deleted,
  deleting,
  destroyingKeys,
  entrusting,
  erasing,
  erasingStore,
  held,
  archive,
  day,
  lifting,
  noticing,
  ordered,
  ordering,
  otherContractId,
  processing,
  queue,
  registering,
  removing,
  restricting,
  retaining,
  returning,
  today,
  unrestricting,
  whenReturning,
  type ToldOfDataSet,
} from '../testing/scenery';
import type { DataSetCommand } from './commands';

const stillPossibleWhileDeleting: readonly ToldOfDataSet[] = [registering(queue), processing()];

const changes: readonly ToldOfDataSet[] = [
  adding(1),
  removing(1),
  restricting(today),
  unrestricting(today),
  erasing(),
  noticing(today),
  retaining(day('2031-01-01')),
  lifting(today),
  returning,
  acknowledging,
];

const deletionSteps: readonly ToldOfDataSet[] = [erasingStore(archive), destroyingKeys, deleting];

const named = (all: readonly ToldOfDataSet[]) => all.map((told) => [told.command.type, told] as const);

describe.each(named([...changes, ...stillPossibleWhileDeleting, ...deletionSteps, ordering()]))(
  '%s',
  (_type, next) => {
    it('is refused before the data set is entrusted', () => {
      dataSetAfter([]).refuses(next, { reason: 'data-set-not-entrusted' });
    });

    it('is refused under another contract, whatever has become of the data set', () => {
      const data = { ...next.command.data, contractId: otherContractId };
      const elsewhere = { ...next, command: { ...next.command, data } as DataSetCommand };
      for (const story of [held, ordered, deleted]) {
        dataSetAfter(story, whenReturning).refuses(elsewhere, {
          reason: 'data-set-of-another-contract',
          found: otherContractId,
        });
      }
    });
  },
);

describe.each(named(changes))('%s', (_type, change) => {
  it('is refused once the deletion is ordered', () => {
    dataSetAfter(ordered, whenReturning).refuses(change, { reason: 'deletion-ordered' });
  });
});

describe.each(named([...changes, ...stillPossibleWhileDeleting]))('%s', (_type, change) => {
  it('is refused once the data set is deleted', () => {
    dataSetAfter(deleted, whenReturning).refuses(change, {
      reason: 'data-set-deleted',
      deletedAt: afterwards,
    });
  });
});

describe.each(named(stillPossibleWhileDeleting))('%s', (_type, next) => {
  it('is accepted while the deletion is under way', () => dataSetAfter(ordered).accepts(next));
});

describe.each(named(deletionSteps))('%s', (_type, step) => {
  it('is refused before the deletion is ordered', () => {
    dataSetAfter(held, whenReturning).refuses(step, { reason: 'deletion-not-ordered' });
  });
});

describe.each(named([...deletionSteps, ordering()]))('%s', (_type, step) => {
  it('is a retry once the data set is deleted', () => dataSetAfter(deleted).takesAsRetry(step));
});

describe('ordering the deletion', () => {
  it('is a retry once it is ordered', () => dataSetAfter(ordered).takesAsRetry(ordering()));
});

describe('entrusting a data set', () => {
  it('is refused under an id that was ever used', () => {
    for (const story of [held, ordered, deleted]) {
      dataSetAfter(story).refuses(entrusting(), { reason: 'data-set-already-entrusted' });
    }
  });
});
