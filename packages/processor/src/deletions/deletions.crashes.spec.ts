import {
  certificateDigest,
  historyDigest,
  verifyCertificate,
  type SignedCertificate,
} from '@mandate/deletion';
import type { RecordedEvent } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readWholeLog } from '../testing/whole-log';
import { startProcessor } from '../testing/a-processor';
import { accept, aServiceAtItsEnd, publicKeyOf, type Service } from '../testing/a-service';
import { by, ids } from '../testing/a-story';
import { dyingAt, type CrashPoint } from '../testing/crash-points';

/** Runs the deletion in a process that dies as planned; tells what it asked for until then. */
const runAndDie = async (
  { surroundings, erasers }: Service,
  crash: CrashPoint,
): Promise<readonly string[]> => {
  const dying = dyingAt(surroundings, erasers, crash);
  await startProcessor(dying.surroundings, dying.erasers)
    .deletions.run()
    .catch((error: unknown) => {
      if (!dying.isDead()) throw error;
    });
  return dying.calls;
};

const runToTheEnd = async ({ surroundings, erasers }: Service): Promise<void> => {
  const processor = startProcessor(surroundings, erasers);
  await processor.deletions.run();
  expect(processor.deletions.outstanding()).toEqual([]);
};

/** Everything in the log but the record that the process keeps of itself. */
const happenings = async ({ surroundings }: Service): Promise<readonly RecordedEvent[]> => {
  const events = await readWholeLog(surroundings.eventStore);
  return events.filter(({ stream }) => !stream.startsWith('deletion-'));
};

/** The same, without the places in the log, which are counted together with that record. */
const withoutPlaces = (events: readonly RecordedEvent[]): unknown =>
  events.map(({ position: _position, ...event }) => event);

const certificateOf = async ({ surroundings }: Service): Promise<SignedCertificate> => {
  const certificate = await surroundings.certificates.get(ids.contract);
  if (certificate === undefined) throw new Error('expected a certificate');
  expect(verifyCertificate(certificate, publicKeyOf(surroundings)).verdict).toBe('genuine');
  return certificate;
};

/** Whether a deletion that was interrupted came to the same end as one that was not. */
const expectTheSameEnd = async (interrupted: Service, undisturbed: Service): Promise<void> => {
  const certificate = await certificateOf(interrupted);
  expect(certificate).toEqual(await certificateOf(undisturbed));
  const events = await happenings(interrupted);
  expect(withoutPlaces(events)).toEqual(withoutPlaces(await happenings(undisturbed)));

  const closed = events.filter(({ type }) => type === 'ContractClosed');
  expect(certificate.contents.history).toEqual(
    historyDigest(events.filter(({ type }) => type !== 'ContractClosed')),
  );
  expect(closed.map(({ data }) => data['certificateDigest'])).toEqual([
    certificateDigest(certificate.contents),
  ]);

  for (const { held, orders } of [interrupted.database, interrupted.archive]) {
    expect(held()).toBe(0);
    expect(new Set(orders.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  }
};

const undisturbedService = async (): Promise<{
  readonly service: Service;
  readonly calls: readonly string[];
}> => {
  const service = await aServiceAtItsEnd();
  return { service, calls: await runAndDie(service, { call: 0, when: 'before' }) };
};

describe('a deletion in a process that dies', () => {
  it.each(['before', 'after'] as const)(
    'right %s any call to the world comes to the same end in the next process',
    async (when) => {
      const { service: undisturbed, calls } = await undisturbedService();
      expect(calls.length).toBeGreaterThan(60);
      for (const call of calls.keys()) {
        const interrupted = await aServiceAtItsEnd();
        await runAndDie(interrupted, { call: call + 1, when });
        await runToTheEnd(interrupted);
        await expectTheSameEnd(interrupted, undisturbed);
      }
    },
  );

  it('again and again comes to the same end all the same', async () => {
    const { service: undisturbed } = await undisturbedService();
    const crash = fc.record({
      call: fc.integer({ min: 1, max: 90 }),
      when: fc.constantFrom('before', 'after'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(crash, { minLength: 2, maxLength: 6 }), async (crashes) => {
        const interrupted = await aServiceAtItsEnd();
        for (const each of crashes) await runAndDie(interrupted, each);
        await runToTheEnd(interrupted);
        await expectTheSameEnd(interrupted, undisturbed);
      }),
      { numRuns: 25 },
    );
  });

  it('while another process runs it, too, comes to the same end', async () => {
    const { service: undisturbed } = await undisturbedService();
    const service = await aServiceAtItsEnd();
    await Promise.all([runToTheEnd(service), runToTheEnd(service)].map((run) => run.catch(() => undefined)));
    await runToTheEnd(service);
    await expectTheSameEnd(service, undisturbed);
  });
});

describe('the certificate', () => {
  it('stays the one whose digest is on record, whatever is recorded between a crash and the next process', async () => {
    const { calls } = await undisturbedService();
    for (const [index, call] of calls.entries()) {
      if (index < calls.indexOf('certificates.put') || call !== 'events.append') continue;
      for (const when of ['before', 'after'] as const) {
        const service = await aServiceAtItsEnd();
        await runAndDie(service, { call: index + 1, when });
        const { instructions } = service.processor;
        const { contract: contractId, instruction: instructionId } = ids;
        const effectiveAt = service.surroundings.clock();
        await accept(instructions.suspend({ contractId, instructionId, effectiveAt }, by));
        await runToTheEnd(service);
        const log = await readWholeLog(service.surroundings.eventStore);
        const closed = log.filter(({ type }) => type === 'ContractClosed');
        expect(closed.map(({ data }) => data['certificateDigest'])).toEqual([
          certificateDigest((await certificateOf(service)).contents),
        ]);
      }
    }
  });
});

describe('the receipts on the certificate', () => {
  it('are those of the first time, when a store had erased before the process died', async () => {
    const { calls } = await undisturbedService();
    const service = await aServiceAtItsEnd();
    const erasing = calls.indexOf('eraser.recipient-database') + 1;
    await runAndDie(service, { call: erasing, when: 'after' });
    expect(service.database.held()).toBe(0);
    await runToTheEnd(service);
    const [dataSet] = (await certificateOf(service)).contents.dataSets;
    expect(dataSet?.stores[0]?.receipt).toMatchObject({ found: 3, erased: 3 });
    expect(service.database.orders).toHaveLength(2);
  });

  it('would be found out if a store forgot its first one', async () => {
    const { service: undisturbed, calls } = await undisturbedService();
    const service = await aServiceAtItsEnd();
    const forgetful = {
      ...service,
      erasers: { ...service.erasers, 'recipient-database': forgetting(service) },
    };
    await runAndDie(forgetful, { call: calls.indexOf('eraser.recipient-database') + 1, when: 'after' });
    await runToTheEnd(forgetful);
    await expect(expectTheSameEnd(forgetful, undisturbed)).rejects.toThrow(/found/);
  });
});

/** Erases like the real one, and answers every time with what it finds at that time. */
const forgetting = ({ database }: Service): Service['erasers'][string] => {
  let calls = 0;
  return (order) => {
    calls += 1;
    return database.erase({
      ...order,
      idempotencyKey: `${order.idempotencyKey}-${calls}` as typeof order.idempotencyKey,
    });
  };
};
