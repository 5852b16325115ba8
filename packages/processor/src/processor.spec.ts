import { verifyCertificate, type StoreEraser } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import { describe, expect, it } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import type { Processor } from './processor';
import { createSurroundings, startProcessor, type Surroundings } from './testing/a-processor';
import { by, conclusion, dataSet, ids, instruction, notice, sending } from './testing/a-story';

/** An eraser that remembers its receipts, as a real store must. */
const rememberingEraser = (clock: Surroundings['clock'], held: number): StoreEraser => {
  const receipts = new Map<string, ErasureReceipt>();
  return ({ idempotencyKey }) => {
    const receipt = receipts.get(idempotencyKey) ?? {
      method: 'row-deletion',
      found: held,
      erased: held,
      firstActionAt: clock(),
      lastActionAt: clock(),
      verification: 'recounted',
    };
    receipts.set(idempotencyKey, receipt);
    return Promise.resolve({ outcome: 'erased', receipt });
  };
};

const started = (): { processor: Processor; surroundings: Surroundings } => {
  const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
  const erasers = {
    'recipient-database': rememberingEraser(surroundings.clock, 3),
    'message-archive': rememberingEraser(surroundings.clock, 1),
  };
  return { surroundings, processor: startProcessor(surroundings, erasers) };
};

const accept = async (result: Promise<{ readonly outcome: string }>): Promise<void> => {
  expect(await result).toMatchObject({ outcome: 'accepted' });
};

const inService = async (processor: Processor): Promise<void> => {
  await accept(processor.contracts.conclude(conclusion, by));
  await accept(processor.instructions.issue(instruction, by));
  await accept(processor.dataSets.entrust(dataSet, by));
};

describe('a processor', () => {
  it('allows what is instructed and names the clause it rests on', async () => {
    const { processor } = started();
    await inService(processor);
    expect(await processor.decide(sending)).toMatchObject({
      decision: 'allow',
      bases: [{ kind: 'instruction', instructionId: ids.instruction, clause: '1' }, {}],
    });
  });

  it('denies what is not instructed, with a code, a sentence and an article', async () => {
    const { processor } = started();
    await inService(processor);
    expect(await processor.decide({ ...sending, channel: 'sms' })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'not-instructed', article: 'GDPR Art. 28(3)(a), 29' }, {}],
    });
  });

  it('denies what it cannot understand, and says what was wrong without repeating it', async () => {
    const { processor } = started();
    const result = await processor.decide({ ...sending, channel: 'anna@example.com' as 'sms' });
    expect(result).toMatchObject({ decision: 'deny', outcome: 'invalid', issues: [{ path: 'channel' }] });
    expect(JSON.stringify(result)).not.toContain('anna');
  });

  it('deletes everything when the end has come, and certifies it', async () => {
    const { processor, surroundings } = started();
    await inService(processor);
    const reference = { contractId: ids.contract, dataSetId: ids.dataSet, recipientId: 'r1', field: 'email' };
    const secret = await processor.vault.encrypt(reference, Buffer.from('anna@example.com'));
    surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
    await accept(processor.contracts.giveTerminationNotice(notice, by));
    await processor.deletions.run();
    expect(processor.deletions.nextDueAt()).toBe('2026-03-30T22:00:00.000Z');

    surroundings.clock.moveTo('2026-03-30T22:00:00.000Z');
    await processor.deletions.run();

    expect(processor.deletions.outstanding()).toEqual([]);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
    if (secret.state !== 'encrypted') throw new Error('expected a ciphertext');
    expect(await processor.vault.decrypt(reference, secret.ciphertext)).toMatchObject({ state: 'erased' });
    const certificate = await processor.deletions.certificate(ids.contract);
    expect(certificate?.contents).toMatchObject({
      status: 'complete-except-dated-remainder',
      dataSets: [
        { recipients: 3, deadline: { date: '2026-04-30' }, stores: [{ receipt: { erased: 3 } }, {}] },
      ],
    });
    const publicKey = createPublicKey(surroundings.signingKey).export({ type: 'spki', format: 'pem' });
    expect(verifyCertificate(certificate, publicKey.toString())).toMatchObject({ verdict: 'genuine' });
  });
});
