import { describe, expect, it } from '@jest/globals';
import type { EventStore, Uuid } from '@mandate/event-sourcing';
import type { CertificateStore } from '../certificates/certificate-store';
import { startProcessor } from '../testing/a-processor';
import { aServiceAtItsEnd, type Service } from '../testing/a-service';
import { ids } from '../testing/a-story';
import { entrustLate, intending, rightAfter } from '../testing/races';

const late = '66666666-6666-4666-8666-666666666667';

/** Puts an event of the instruction on record that this version of the software does not understand. */
const recordFromTheFuture = async (eventStore: EventStore): Promise<void> => {
  const stream = `instruction-${ids.instruction}`;
  const last = (await eventStore.readStream(stream)).events.at(-1);
  if (last === undefined) throw new Error('expected an instruction');
  const eventId = 'eeeeeeee-0000-4000-8000-000000000000' as Uuid;
  await eventStore.append(stream, last.version, [{ ...last, eventId, schemaVersion: 99 }]);
};

/** Tells how many data sets each certificate covers that is put there. */
const watched = (
  certificates: CertificateStore,
): { readonly certificates: CertificateStore; readonly put: number[] } => {
  const put: number[] = [];
  return {
    put,
    certificates: {
      ...certificates,
      put: (certificate) => {
        put.push(certificate.contents.dataSets.length);
        return certificates.put(certificate);
      },
    },
  };
};

/** Runs the deletion, while somebody entrusts one more data set just before the certificate. */
const runWithLatecomer = async ({ surroundings, erasers }: Service): Promise<readonly number[]> => {
  const { certificates, put } = watched(surroundings.certificates);
  const eventStore = rightAfter(surroundings.eventStore, intending('certify'), () =>
    entrustLate(surroundings.eventStore, late),
  );
  await startProcessor({ ...surroundings, certificates, eventStore }, erasers).deletions.run();
  return put;
};

describe('a contract whose history cannot be read to its end, though its deletion can', () => {
  it('is deleted, and certified by whoever can read it: nobody else knows what it holds', async () => {
    const service = await aServiceAtItsEnd();
    await recordFromTheFuture(service.surroundings.eventStore);
    const processor = startProcessor(service.surroundings, service.erasers);
    await processor.deletions.run();
    expect(service.database.held()).toBe(0);
    expect(processor.deletions.outstanding()).toMatchObject([{ step: 'certify', attempts: 1 }]);
    expect(await processor.deletions.certificate(ids.contract)).toBeUndefined();
  });

  it('gets no certificate that hides a late data set', async () => {
    const service = await aServiceAtItsEnd();
    await recordFromTheFuture(service.surroundings.eventStore);
    expect(await runWithLatecomer(service)).toEqual([]);
  });

  it('would get one that covers it, too, if it could be read', async () => {
    expect(await runWithLatecomer(await aServiceAtItsEnd())).toEqual([2]);
  });
});
