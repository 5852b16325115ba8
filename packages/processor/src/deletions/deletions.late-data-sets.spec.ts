import { certificateDigest, verifyCertificate, type CertificateContents } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import { startProcessor } from '../testing/a-processor';
import { aServiceAtItsEnd, publicKeyOf, type Service } from '../testing/a-service';
import { ids } from '../testing/a-story';
import { entrustLate, intending, recording, rightAfter } from '../testing/races';
import { readWholeLog } from '../testing/whole-log';

const { contract: contractId, dataSet: dataSetId } = ids;
const late = '66666666-6666-4666-8666-666666666667';

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

describe('a data set that is entrusted late, by a race', () => {
  it('is deleted and certified with the others, when it comes before the certificate', async () => {
    for (const moment of ['ContractTerminated', 'DeletionOrdered', 'KeysDestroyed', 'DataSetDeleted']) {
      const service = await aServiceAtItsEnd();
      const { surroundings, erasers } = service;
      const eventStore = rightAfter(surroundings.eventStore, recording(moment), () =>
        entrustLate(surroundings.eventStore, late),
      );
      await startProcessor({ ...surroundings, eventStore }, erasers).deletions.run();
      const contents = await certificateIn(service);
      expect(contents?.dataSets.map((dataSet) => dataSet.dataSetId)).toEqual([dataSetId, late]);
      expect((await typesIn(service)).filter((type) => type === 'ContractClosed')).toHaveLength(1);
    }
  });

  it('makes a certificate that was about to be signed give way to the one that covers it', async () => {
    const service = await aServiceAtItsEnd();
    const { surroundings, erasers } = service;
    const put: string[][] = [];
    const certificates: typeof surroundings.certificates = {
      ...surroundings.certificates,
      put: (certificate) => {
        put.push(certificate.contents.dataSets.map((dataSet) => dataSet.dataSetId));
        return surroundings.certificates.put(certificate);
      },
    };
    const eventStore = rightAfter(surroundings.eventStore, intending('certify'), () =>
      entrustLate(surroundings.eventStore, late),
    );
    await startProcessor({ ...surroundings, eventStore, certificates }, erasers).deletions.run();
    expect(put).toEqual([[dataSetId, late]]);
    expect(await certificateIn(service)).toBeDefined();
  });

  it('gets a further certificate when it comes after the first one', async () => {
    const service = await aServiceAtItsEnd();
    const { surroundings, processor } = service;
    await processor.deletions.run();
    const first = await certificateIn(service);
    await entrustLate(surroundings.eventStore, late);
    await processor.deletions.run();
    const second = await certificateIn(service);
    expect(processor.deletions.outstanding()).toEqual([]);
    expect(second?.certificateId).not.toBe(first?.certificateId);
    expect(second?.dataSets.map((dataSet) => dataSet.dataSetId)).toEqual([dataSetId, late]);
    // The contract stays closed by the first one.
    const closed = (await readWholeLog(surroundings.eventStore)).filter(
      ({ type }) => type === 'ContractClosed',
    );
    expect(closed.map(({ data }) => data['certificateDigest'])).toEqual([first && certificateDigest(first)]);
  });
});
