import { describe, expect, it } from '@jest/globals';
import type { Processor } from '../processor';
import { accept, aService, endOfTheStory, type Service } from '../testing/a-service';
import { by, dataSet, ids, notice } from '../testing/a-story';
import { dyingAt } from '../testing/crash-points';
import { startProcessor } from '../testing/a-processor';
import {
  aboutTheDatabase,
  certificateIn,
  retry,
  theOneOutstanding,
  withDatabase,
} from '../testing/one-store';

const { contract: contractId } = ids;
const another = '66666666-6666-4666-8666-666666666667';

/** At the end of its contract, with a second data set, which is in the archive only. */
const aServiceWithTwo = async (): Promise<Service> => {
  const service = await aService();
  const [, archive] = dataSet.stores;
  const second = { ...dataSet, dataSetId: another, stores: [archive] } as const;
  await accept(service.processor.dataSets.entrust(second, by));
  service.surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(service.processor.contracts.giveTerminationNotice(notice, by));
  service.surroundings.clock.moveTo(endOfTheStory);
  return service;
};

const waiting = ({ deletions }: Processor): unknown =>
  deletions.overview().flatMap((overview) => ('dataSets' in overview ? overview.dataSets : []));

describe('a store that waits for a person', () => {
  it('keeps neither the other stores nor the other data sets of its contract, and nothing else is said to wait', async () => {
    const service = await aServiceWithTwo();
    const processor = withDatabase(service, undefined);
    await processor.deletions.run();
    expect(theOneOutstanding(processor)).toMatchObject({ ...aboutTheDatabase, contractId });
    expect(waiting(processor)).toMatchObject([
      { dataSetId: ids.dataSet, waitsFor: 'stores', stores: ['recipient-database'] },
    ]);
    expect(service.archive.orders.map(({ dataSetId }) => dataSetId)).toContain(another);
    expect(await certificateIn(service)).toBeUndefined();
  });

  it('does not hide a store that is registered after it', async () => {
    const service = await aServiceWithTwo();
    const processor = withDatabase(service, undefined);
    await processor.deletions.run();
    const store = { name: 'staff-export', kind: 'export', region: 'PL' } as const;
    await accept(processor.dataSets.registerStore({ contractId, dataSetId: ids.dataSet, store }, by));
    await processor.deletions.run();
    expect(processor.deletions.outstanding().map((one) => one.store)).toEqual([
      'recipient-database',
      'staff-export',
    ]);
  });
});

describe('a store whose receipt is on record', () => {
  it('is not asked again because the process died before it noted that', async () => {
    const service = await aServiceWithTwo();
    const undisturbed = await aServiceWithTwo();
    const calls = dyingAt(undisturbed.surroundings, undisturbed.erasers, { call: 0, when: 'before' });
    await startProcessor(calls.surroundings, calls.erasers).deletions.run();
    // The append after the eraser's answer is the receipt.
    const asked = calls.calls.indexOf('eraser.recipient-database');
    const receipt = calls.calls.indexOf('events.append', asked) + 1;

    const dying = dyingAt(service.surroundings, service.erasers, { call: receipt, when: 'after' });
    await startProcessor(dying.surroundings, dying.erasers)
      .deletions.run()
      .catch(() => undefined);
    expect(dying.isDead()).toBe(true);
    const failing = { ...service.erasers, 'recipient-database': () => Promise.reject(new Error('gone')) };
    const next = startProcessor(service.surroundings, failing, { retry });
    await next.deletions.run();
    expect(next.deletions.outstanding()).toEqual([]);
    expect(await certificateIn(service)).toBeDefined();
  });
});
