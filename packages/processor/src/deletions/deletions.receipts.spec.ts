import type { StoreEraser } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import type { DeletionProgress } from '../processor';
import { startProcessor } from '../testing/a-processor';
import { accept, aServiceAtItsEnd } from '../testing/a-service';
import { by, ids } from '../testing/a-story';
import { erased } from '../testing/erasers';
import {
  aboutTheDatabase,
  certificateIn,
  garbage,
  later,
  theOneOutstanding,
  withDatabase,
} from '../testing/one-store';
import { readWholeLog } from '../testing/whole-log';

describe('a store that says more than is true', () => {
  it('has not erased when it erased fewer items than it found', async () => {
    const service = await aServiceAtItsEnd();
    let isDone = false;
    const processor = withDatabase(service, (order) => {
      const answer = erased(service.surroundings.clock, 3);
      if (answer.outcome !== 'erased' || isDone) return service.database.erase(order);
      return Promise.resolve({ ...answer, receipt: { ...answer.receipt, erased: 2 } });
    });
    await processor.deletions.run();
    expect(theOneOutstanding(processor)).toMatchObject({ ...aboutTheDatabase, attempts: 1 });
    expect(await certificateIn(service)).toBeUndefined();
    isDone = true;
    later(service, 1);
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
  });

  const unfit: readonly (readonly [string, unknown])[] = [
    ['no receipt', { outcome: 'erased' }],
    ['an unknown outcome', { outcome: 'anna@example.com' }],
    ['a number that is none', { outcome: 'erased', receipt: { found: 'many' } }],
    ['a note beside the receipt', { note: 'anna@example.com' }],
  ];

  it.each(unfit)('with %s waits for a person', async (_name, answer) => {
    const service = await aServiceAtItsEnd();
    const fit = erased(service.surroundings.clock, 3);
    const added = typeof answer === 'object' && answer !== null && 'note' in answer;
    const outcome =
      added && fit.outcome === 'erased' ? { ...fit, receipt: { ...fit.receipt, ...answer } } : answer;
    const processor = withDatabase(service, garbage(outcome));
    await processor.deletions.run();
    expect(theOneOutstanding(processor)).toMatchObject({ ...aboutTheDatabase, parked: 'invalid-command' });
    expect(JSON.stringify(await readWholeLog(service.surroundings.eventStore))).not.toContain('anna');
  });

  it('twice is believed the first time only', async () => {
    const service = await aServiceAtItsEnd();
    let items = 3;
    const lying: StoreEraser = () => {
      items += 1;
      return Promise.resolve(erased(service.surroundings.clock, items));
    };
    // Both runners find the same intent, and both have the store erased.
    const processors = [withDatabase(service, lying), withDatabase(service, lying)];
    await Promise.all(processors.map(({ deletions }) => deletions.run()));
    const receipts = (await readWholeLog(service.surroundings.eventStore)).filter(
      ({ type, data }) => type === 'StoreErased' && data['store'] === 'recipient-database',
    );
    expect(receipts).toHaveLength(1);
    const certificate = await service.surroundings.certificates.get(ids.contract);
    expect(certificate?.contents.dataSets[0]?.stores[0]?.receipt).toEqual(receipts[0]?.data['receipt']);
  });
});

describe('a store that answers late', () => {
  it('is waited for; what it did is dated by its own clock', async () => {
    const service = await aServiceAtItsEnd();
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolveAsked) => {
      const processor = withDatabase(service, (order) => {
        const answered = new Promise<void>((resolve) => (answer = resolve));
        resolveAsked();
        return answered.then(() => service.database.erase(order));
      });
      void processor.deletions.run();
    });
    await asked;
    expect(await certificateIn(service)).toBeUndefined();
    later(service, 600);
    answer();
    const next = withDatabase(service, service.database.erase);
    await next.deletions.run();
    const certificate = await service.surroundings.certificates.get(ids.contract);
    expect(certificate?.contents.dataSets[0]?.stores[0]?.receipt.lastActionAt).toBe(
      '2026-03-31T08:00:00.000Z',
    );
  });
});

describe('a store that is registered late', () => {
  it('before the end is erased with the others', async () => {
    const service = await aServiceAtItsEnd();
    service.surroundings.clock.moveTo('2026-03-01T00:00:00.000Z');
    const store = { name: 'export-folder', kind: 'export', region: 'PL' } as const;
    const { contract: contractId, dataSet: dataSetId } = ids;
    await accept(service.processor.dataSets.registerStore({ contractId, dataSetId, store }, by));
    service.surroundings.clock.moveTo('2026-03-30T22:00:00.000Z');
    const orders: string[] = [];
    const exportFolder: StoreEraser = (order) => {
      orders.push(order.store);
      return Promise.resolve(erased(service.surroundings.clock, 0));
    };
    const erasers = { ...service.erasers, 'export-folder': exportFolder };
    await startProcessor(service.surroundings, erasers).deletions.run();
    expect(orders).toEqual(['export-folder']);
    expect(await certificateIn(service)).toMatchObject({
      contents: { dataSets: [{ stores: [{}, {}, {}] }] },
    });
  });
});

describe('progress', () => {
  it('is told step by step, to whoever asked for this run', async () => {
    const { processor } = await aServiceAtItsEnd();
    const steps: DeletionProgress[] = [];
    await processor.deletions.run({ onProgress: (progress) => steps.push(progress) });
    await processor.deletions.run();
    expect(steps.map(({ step }) => step)).toEqual([
      'terminate-contract',
      'freeze',
      'order-deletion',
      'destroy-keys',
      'erase-store',
      'erase-store',
      'delete-data-set',
      'destroy-contract-key',
      'certify',
    ]);
    expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
  });
});
