import { describe, expect, it } from '@jest/globals';
import type { FieldReference } from '@mandate/vault';
import fc from 'fast-check';
import type { Processor } from './processor';
import { createSurroundings, startProcessor, type Surroundings } from './testing/a-processor';
import { accept, endOfTheStory } from './testing/a-service';
import { by, conclusion, dataSet, ids, instruction, notice, sending } from './testing/a-story';
import { erasableStore, type ErasableStore } from './testing/erasers';
import { readWholeLog } from './testing/whole-log';

const other = {
  contract: 'aaaaaaaa-1111-4111-8111-111111111111',
  controller: 'aaaaaaaa-2222-4222-8222-222222222222',
  issuer: 'aaaaaaaa-4444-4444-8444-444444444444',
  instruction: 'aaaaaaaa-5555-4555-8555-555555555555',
  dataSet: 'aaaaaaaa-6666-4666-8666-666666666666',
} as const;

interface Two {
  readonly surroundings: Surroundings;
  readonly processor: Processor;
  readonly stores: ReadonlyMap<string, ErasableStore>;
}

/** Two controllers, with the same recipients, in the same stores. */
const twoContracts = async (): Promise<Two> => {
  const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
  const stores = new Map(
    [ids.dataSet, other.dataSet].map((dataSetId) => [dataSetId, erasableStore(surroundings.clock, 3)]),
  );
  const erase = (order: Parameters<ErasableStore['erase']>[0]) => {
    const store = stores.get(order.dataSetId as string as typeof ids.dataSet);
    return store === undefined ? Promise.reject(new Error('unknown')) : store.erase(order);
  };
  const processor = startProcessor(surroundings, { 'recipient-database': erase, 'message-archive': erase });
  const { contract: contractId, dataSet: dataSetId } = other;
  await accept(processor.contracts.conclude(conclusion, by));
  await accept(processor.instructions.issue(instruction, by));
  await accept(processor.dataSets.entrust(dataSet, by));
  await accept(
    processor.contracts.conclude(
      { ...conclusion, contractId, controllerId: other.controller, issuers: [other.issuer] },
      by,
    ),
  );
  const content = { ...instruction.content, issuerId: other.issuer };
  await accept(processor.instructions.issue({ contractId, instructionId: other.instruction, content }, by));
  await accept(processor.dataSets.entrust({ ...dataSet, contractId, dataSetId }, by));
  return { surroundings, processor, stores };
};

const emailIn = (one: { readonly contract: string; readonly dataSet: string }): FieldReference => ({
  contractId: one.contract,
  dataSetId: one.dataSet,
  recipientId: 'r1',
  field: 'recipient-contact.email',
});

const sendingIn = (one: { readonly contract: string; readonly dataSet: string }) =>
  ({ ...sending, contractId: one.contract, dataSetId: one.dataSet }) as const;

const encrypted = async ({ processor }: Two, reference: FieldReference): Promise<Uint8Array> => {
  const answer = await processor.vault.encrypt(reference, Buffer.from('anna@example.com'));
  if (answer.state !== 'encrypted') throw new Error('expected a ciphertext');
  return answer.ciphertext;
};

const endTheFirst = async ({ processor, surroundings }: Two): Promise<void> => {
  surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(processor.contracts.giveTerminationNotice(notice, by));
  surroundings.clock.moveTo(endOfTheStory);
  await processor.deletions.run();
};

describe('deleting the data of one contract', () => {
  it('leaves the decisions of another one exactly as they were', async () => {
    const two = await twoContracts();
    const instants = ['2026-01-01T12:00:00.000Z', '2026-03-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'];
    const asked = instants.flatMap((validAt) =>
      (['e-mail', 'sms'] as const).map((channel) => ({ request: { ...sendingIn(other), channel }, validAt })),
    );
    const answers = (): Promise<unknown> =>
      Promise.all(asked.map(({ request, validAt }) => two.processor.decide(request, { validAt })));
    const before = await answers();
    expect(JSON.stringify(before)).toContain('"allow"');
    await endTheFirst(two);
    expect(await two.surroundings.certificates.get(ids.contract)).toBeDefined();
    expect(await answers()).toEqual(before);
  });

  it('leaves its ciphertexts readable, its stores full and its streams byte for byte', async () => {
    const two = await twoContracts();
    const [own, others] = [await encrypted(two, emailIn(ids)), await encrypted(two, emailIn(other))];
    const eventsOfOther = async (): Promise<string> => {
      const log = await readWholeLog(two.surroundings.eventStore);
      return JSON.stringify(log.filter(({ data }) => data['contractId'] === other.contract));
    };
    const before = await eventsOfOther();
    await endTheFirst(two);
    const { vault } = two.processor;
    expect(await vault.decrypt(emailIn(ids), own)).toMatchObject({ state: 'erased' });
    const decrypted = await vault.decrypt(emailIn(other), others);
    expect(decrypted.state === 'decrypted' && Buffer.from(decrypted.plaintext).toString()).toBe(
      'anna@example.com',
    );
    expect(await vault.encrypt({ ...emailIn(other), recipientId: 'r2' }, Buffer.from('x'))).toMatchObject({
      state: 'encrypted',
    });
    expect([two.stores.get(ids.dataSet)?.held(), two.stores.get(other.dataSet)?.held()]).toEqual([0, 3]);
    expect(await eventsOfOther()).toBe(before);
  });

  it('does not make its keys fit for the other one, before or after', async () => {
    const two = await twoContracts();
    const others = await encrypted(two, emailIn(other));
    await encrypted(two, emailIn(ids));
    await expect(two.processor.vault.decrypt(emailIn(ids), others)).rejects.toMatchObject({
      code: 'not-authentic',
    });
  });

  it('touches nothing of the other one under its own name', async () => {
    const { processor } = await twoContracts();
    const restricting = {
      contractId: ids.contract,
      dataSetId: other.dataSet,
      effectiveAt: '2026-01-02T10:00:00.000Z',
      ground: 'controller-instruction',
    } as const;
    expect(await processor.dataSets.restrict(restricting, by)).toMatchObject({
      outcome: 'refused',
      code: 'data-set-of-another-contract',
    });
    expect(await processor.decide({ ...sending, dataSetId: other.dataSet })).toMatchObject({
      decision: 'deny',
      reasons: expect.arrayContaining([{ reason: 'data-set-unknown' }]),
    });
  });
});

describe('after the end of a contract', () => {
  const operations = ['store', 'secure', 'return', 'erase', 'process'] as const;

  const allowedAt = async ({ processor }: Two, validAt: string): Promise<readonly string[]> => {
    const allowed: string[] = [];
    for (const operation of operations) {
      const { contract: contractId, dataSet: dataSetId } = ids;
      const request = operation === 'process' ? sending : { operation, contractId, dataSetId };
      if ((await processor.decide(request, { validAt })).decision === 'allow') allowed.push(operation);
    }
    return allowed;
  };

  it('there is only returning, erasing and securing, to the millisecond', async () => {
    const two = await twoContracts();
    two.surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
    await accept(two.processor.contracts.giveTerminationNotice(notice, by));
    expect(await allowedAt(two, '2026-03-30T21:59:59.999Z')).toEqual(['store', 'secure', 'process']);
    expect(await allowedAt(two, endOfTheStory)).toEqual(['secure', 'return', 'erase']);
  });

  it('nothing may be done any more once it is certified, at no time and with no special wish', async () => {
    const two = await twoContracts();
    await endTheFirst(two);
    const instant = fc.date({
      min: new Date(endOfTheStory),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instant, async (validAt) => {
        expect(await allowedAt(two, validAt.toISOString())).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('no command brings anything back', async () => {
    const two = await twoContracts();
    await endTheFirst(two);
    const { contracts, instructions, dataSets, vault } = two.processor;
    const results = [
      await contracts.conclude(conclusion, by),
      await contracts.withdrawTerminationNotice({ contractId: ids.contract, withdrawal: notice.notice }, by),
      await instructions.issue({ ...instruction, instructionId: other.controller }, by),
      await dataSets.entrust({ ...dataSet, dataSetId: other.controller }, by),
      await dataSets.addRecipients(
        { contractId: ids.contract, dataSetId: ids.dataSet, recipients: 1, manifestDigest: 'c'.repeat(64) },
        by,
      ),
    ];
    expect(results.map((result) => (result.outcome === 'refused' ? result.code : result.outcome))).toEqual([
      'contract-closed',
      'contract-closed',
      'contract-ended',
      'contract-ended',
      'data-set-deleted',
    ]);
    for (const dataSetId of [ids.dataSet, other.controller]) {
      expect(await vault.encrypt({ ...emailIn(ids), dataSetId }, Buffer.from('x'))).toMatchObject({
        state: 'erased',
      });
    }
  });
});
