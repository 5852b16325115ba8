import { describe, expect, it } from '@jest/globals';
import { startProcessor } from '../testing/a-processor';
import { accept, aService, endOfTheStory, type Service } from '../testing/a-service';
import { by, dataSet, ids, notice } from '../testing/a-story';
import { readWholeLog } from '../testing/whole-log';

const idOf = (number: number): string => `77777777-7777-4777-8777-${String(number).padStart(12, '0')}`;

/** A service with so many further data sets, at the end of its contract. */
const serviceWith = async (further: number, until?: string): Promise<Service> => {
  const service = await aService();
  const { processor, surroundings } = service;
  for (let number = 1; number <= further; number += 1) {
    const dataSetId = idOf(number);
    await accept(processor.dataSets.entrust({ ...dataSet, dataSetId }, by));
    if (until === undefined) continue;
    const law = {
      contractId: ids.contract,
      dataSetId,
      retentionId: `88888888-8888-4888-8888-${String(number).padStart(12, '0')}`,
      law: 'AO-1',
      article: 'AO-86',
      jurisdiction: 'PL',
      items: ['message-content'],
      until: { date: until, zone: 'Europe/Warsaw' },
    } as const;
    await accept(processor.dataSets.applyRetentionLaw(law, by));
  }
  surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(processor.contracts.giveTerminationNotice(notice, by));
  surroundings.clock.moveTo(endOfTheStory);
  return service;
};

const intentsOf = async ({ surroundings }: Service, step: string): Promise<number> =>
  (await readWholeLog(surroundings.eventStore)).filter(
    ({ type, data }) =>
      type === 'EffectIntended' && (data['effect'] as { readonly step: string }).step === step,
  ).length;

describe('a contract with more data sets than fit into one append', () => {
  it('is deleted and certified all the same', async () => {
    const service = await serviceWith(520);
    const processor = startProcessor(service.surroundings, service.erasers);
    await processor.deletions.run();
    const certificate = await processor.deletions.certificate(ids.contract);
    expect(certificate?.contents.dataSets).toHaveLength(521);
    expect(await intentsOf(service, 'order-deletion')).toBe(521);
  });
});

describe('data sets under laws that end on one day', () => {
  it('are each ordered to be deleted once', async () => {
    const service = await serviceWith(12, '2027-01-01');
    const processor = startProcessor(service.surroundings, service.erasers);
    await processor.deletions.run();
    expect(await intentsOf(service, 'order-deletion')).toBe(1);
    service.surroundings.clock.moveTo('2027-02-01T12:00:00.000Z');
    await processor.deletions.run();
    expect((await processor.deletions.certificate(ids.contract))?.contents.dataSets).toHaveLength(13);
    expect(await intentsOf(service, 'order-deletion')).toBe(13);
  });
});
