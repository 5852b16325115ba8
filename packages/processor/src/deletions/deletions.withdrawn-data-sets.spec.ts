import { describe, expect, it } from '@jest/globals';
import { accept, aService, emailOf, endOfTheStory } from '../testing/a-service';
import { by, dataSet, ids, instruction, notice, sending } from '../testing/a-story';

const withdrawal = {
  contractId: ids.contract,
  dataSetId: ids.dataSet,
  issuerId: ids.issuer,
  endsAt: { date: '2026-02-12', zone: 'Europe/Warsaw' },
  withdrawal: { ...instruction.content.evidence, digest: 'f'.repeat(64) },
};
const itsDay = '2026-02-11T23:00:00.000Z';
const otherSet = '66666666-6666-4666-8666-666666666667';

describe('a data set that the controller takes back', () => {
  it('goes from its day on, with keys and stores, and leaves the contract and its other data as they are', async () => {
    const { processor, surroundings, database, archive } = await aService();
    await accept(processor.dataSets.entrust({ ...dataSet, dataSetId: otherSet }, by));
    await accept(processor.dataSets.withdraw(withdrawal, by));
    surroundings.clock.moveTo('2026-02-11T22:59:59.999Z');
    await processor.deletions.run();
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    expect(processor.deletions.overview()).toMatchObject([
      { standing: 'in-part', dataSets: [{ waitsFor: 'day-of-withdrawal' }] },
    ]);

    surroundings.clock.moveTo(itsDay);
    expect(await processor.decide(sending)).toMatchObject({
      explanations: [{ code: 'data-set-withdrawn' }],
    });
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
    expect([database, archive].map(({ orders }) => orders.map(({ dataSetId }) => dataSetId))).toEqual([
      [ids.dataSet],
      [ids.dataSet],
    ]);
    expect(
      await processor.vault.keyState({ contractId: ids.contract, dataSetId: ids.dataSet }),
    ).toMatchObject({
      state: 'erased',
    });
    expect(await processor.decide({ ...sending, dataSetId: otherSet })).toMatchObject({ decision: 'allow' });
    const address = await processor.vault.encrypt(
      { ...emailOf('r1'), dataSetId: otherSet },
      Buffer.from('x'),
    );
    expect(address.state).toBe('encrypted');
    expect(await processor.deletions.certificate(ids.contract)).toBeUndefined();

    await accept(processor.contracts.giveTerminationNotice(notice, by));
    surroundings.clock.moveTo(endOfTheStory);
    await processor.deletions.run();
    const certificate = await processor.deletions.certificate(ids.contract);
    expect(certificate?.contents.dataSets.map(({ dataSetId }) => dataSetId).toSorted()).toEqual([
      ids.dataSet,
      otherSet,
    ]);
  });
});
