import { verifyCertificate, type CertificateContents } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import { startProcessor } from '../testing/a-processor';
import {
  accept,
  aService,
  aServiceAtItsEnd,
  endOfTheStory,
  publicKeyOf,
  type Service,
} from '../testing/a-service';
import { by, ids, notice, terms } from '../testing/a-story';
import { intending, rightAfter } from '../testing/races';
import { readWholeLog } from '../testing/whole-log';

const { contract: contractId, dataSet: dataSetId } = ids;
const retentionId = '4e700000-0000-4000-8000-000000000001';

const certificateIn = async (service: Service): Promise<CertificateContents | undefined> => {
  const certificate = await service.surroundings.certificates.get(contractId);
  if (certificate !== undefined) {
    expect(verifyCertificate(certificate, publicKeyOf(service.surroundings)).verdict).toBe('genuine');
  }
  return certificate?.contents;
};

const typesIn = async ({ surroundings }: Service): Promise<readonly string[]> =>
  (await readWholeLog(surroundings.eventStore))
    .filter(({ stream }) => !stream.startsWith('deletion-'))
    .map(({ type }) => type);

const law = (until: string) =>
  ({
    contractId,
    dataSetId,
    retentionId,
    jurisdiction: 'PL',
    law: 'UoR',
    article: 'art-74',
    items: ['contact-data'],
    until: { date: until, zone: 'Europe/Warsaw' },
  }) as const;

describe('a notice of termination', () => {
  it('that is withdrawn in time ends nothing', async () => {
    const { processor, surroundings } = await aService();
    await accept(processor.contracts.giveTerminationNotice(notice, by));
    await processor.deletions.run();
    expect(processor.deletions.nextDueAt()).toBe(endOfTheStory);
    await accept(
      processor.contracts.withdrawTerminationNotice({ contractId, withdrawal: notice.notice }, by),
    );
    await processor.deletions.run();
    expect(processor.deletions.nextDueAt()).toBeUndefined();
    surroundings.clock.moveTo('2027-01-01T00:00:00.000Z');
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
    expect(await surroundings.certificates.get(contractId)).toBeUndefined();
  });

  it('that is withdrawn in the last moment ends nothing, though the process knows of the end already', async () => {
    const service = await aServiceAtItsEnd();
    const { surroundings } = service;
    // Between the intent to end the contract and the act, the withdrawal arrives that was decided before.
    const eventStore = rightAfter(surroundings.eventStore, intending('terminate-contract'), async () => {
      surroundings.clock.moveTo('2026-03-30T21:59:59.999Z');
      await accept(
        service.processor.contracts.withdrawTerminationNotice({ contractId, withdrawal: notice.notice }, by),
      );
      surroundings.clock.moveTo(endOfTheStory);
    });
    const processor = startProcessor({ ...surroundings, eventStore }, service.erasers);
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
    expect(await typesIn(service)).not.toContain('ContractTerminated');
    expect(service.database.held()).toBe(3);
  });

  it('is followed by an earlier end when the parties agree on one', async () => {
    const service = await aService();
    const { contracts, deletions } = service.processor;
    await accept(contracts.giveTerminationNotice(notice, by));
    await deletions.run();
    const endedAt = { date: '2026-01-02', zone: 'Europe/Warsaw' };
    await accept(contracts.terminate({ contractId, endedAt, ground: 'agreement' }, by));
    await deletions.run();
    expect(await certificateIn(service)).toMatchObject({ endOfService: { ground: 'agreement', endedAt } });
    expect(deletions.nextDueAt()).toBeUndefined();
  });
});

describe('a deletion of data that has to go back first', () => {
  it('waits for the acknowledgement, however long it takes', async () => {
    const service = await aService();
    const { contracts, dataSets, deletions, vault } = service.processor;
    const choice = { contractId, choice: 'return-then-delete', document: terms.document } as const;
    await accept(contracts.chooseEndOfService(choice, by));
    await accept(contracts.giveTerminationNotice(notice, by));
    for (const day of [endOfTheStory, '2026-12-31T00:00:00.000Z']) {
      service.surroundings.clock.moveTo(day);
      await deletions.run();
      expect(await certificateIn(service)).toBeUndefined();
      expect(await vault.keyState({ contractId, dataSetId })).toMatchObject({ state: 'active' });
      expect(service.database.held()).toBe(3);
    }
    const returned = {
      contractId,
      dataSetId,
      returnedAt: '2026-12-31T00:00:00.000Z',
      format: 'csv',
      recipients: 3,
    } as const;
    await accept(dataSets.recordReturn(returned, by));
    await deletions.run();
    expect(service.database.held()).toBe(3);
    const acknowledgement = { ...terms.document, digest: 'e'.repeat(64) };
    await accept(
      dataSets.acknowledgeReturn({ contractId, dataSetId, issuerId: ids.issuer, acknowledgement }, by),
    );
    await deletions.run();
    expect(await certificateIn(service)).toMatchObject({
      endOfService: { choice: 'return-then-delete', acknowledgementDigests: ['e'.repeat(64)] },
    });
  });
});

describe('a deletion of data that a law requires to be kept', () => {
  it('waits for the date, and takes place then', async () => {
    const service = await aService();
    const { contracts, dataSets, deletions } = service.processor;
    await accept(dataSets.applyRetentionLaw(law('2026-08-01'), by));
    await accept(contracts.giveTerminationNotice(notice, by));
    service.surroundings.clock.moveTo(endOfTheStory);
    await deletions.run();
    expect(deletions.nextDueAt()).toBe('2026-07-31T22:00:00.000Z');
    expect(service.database.held()).toBe(3);
    service.surroundings.clock.moveTo('2026-07-31T22:00:00.000Z');
    await deletions.run();
    expect(await certificateIn(service)).toBeDefined();
    expect(deletions.nextDueAt()).toBeUndefined();
  });

  it('takes place when the law is lifted, and waits for no date any more', async () => {
    const service = await aService();
    const { contracts, dataSets, deletions } = service.processor;
    await accept(dataSets.applyRetentionLaw(law('2026-08-01'), by));
    await accept(contracts.giveTerminationNotice(notice, by));
    service.surroundings.clock.moveTo(endOfTheStory);
    await deletions.run();
    await accept(
      dataSets.liftRetentionLaw({ contractId, dataSetId, retentionId, effectiveAt: endOfTheStory }, by),
    );
    await deletions.run();
    expect(await certificateIn(service)).toBeDefined();
    expect(deletions.nextDueAt()).toBeUndefined();
  });

  it('waits also for a law that is applied when the deletion was about to be ordered', async () => {
    const service = await aServiceAtItsEnd();
    const { surroundings } = service;
    const eventStore = rightAfter(surroundings.eventStore, intending('order-deletion'), () =>
      accept(service.processor.dataSets.applyRetentionLaw(law('2026-08-01'), by)),
    );
    const processor = startProcessor({ ...surroundings, eventStore }, service.erasers);
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
    expect(processor.deletions.nextDueAt()).toBe('2026-07-31T22:00:00.000Z');
    expect(service.database.held()).toBe(3);
    surroundings.clock.moveTo('2026-07-31T22:00:00.000Z');
    await processor.deletions.run();
    expect(await certificateIn(service)).toBeDefined();
  });

  it('does not wait for the law of a third country, which is on record as a conflict', async () => {
    const service = await aServiceAtItsEnd();
    await accept(
      service.processor.dataSets.applyRetentionLaw({ ...law('2026-08-01'), jurisdiction: 'US' }, by),
    );
    await service.processor.deletions.run();
    expect(await typesIn(service)).toContain('RetentionConflictRecorded');
    expect(await certificateIn(service)).toBeDefined();
  });
});

describe('a run that is told to stop', () => {
  it('stops, and the next one goes on', async () => {
    const { processor, surroundings } = await aServiceAtItsEnd();
    const controller = new AbortController();
    await processor.deletions.run({
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === 'destroy-keys') controller.abort();
      },
    });
    expect(await surroundings.certificates.get(contractId)).toBeUndefined();
    await processor.deletions.run({ signal: controller.signal });
    expect(await surroundings.certificates.get(contractId)).toBeUndefined();
    await processor.deletions.run();
    expect(await surroundings.certificates.get(contractId)).toBeDefined();
  });
});
