import { verifyCertificate } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import { accept, aService, emailOf, endOfTheStory, publicKeyOf } from './testing/a-service';
import { by, ids, notice, sending } from './testing/a-story';

describe('a processor', () => {
  it('allows what is instructed and names the clause it rests on', async () => {
    const { processor } = await aService();
    expect(await processor.decide(sending)).toMatchObject({
      decision: 'allow',
      bases: [{ kind: 'instruction', instructionId: ids.instruction, clause: '1' }, {}],
    });
  });

  it('denies what is not instructed, with a code, a sentence and an article', async () => {
    const { processor } = await aService();
    expect(await processor.decide({ ...sending, channel: 'sms' })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'not-instructed', article: 'GDPR Art. 28(3)(a), 29' }, {}],
    });
  });

  it('denies what it cannot understand, and says what was wrong without repeating it', async () => {
    const { processor } = await aService();
    const result = await processor.decide({ ...sending, channel: 'anna@example.com' as 'sms' });
    expect(result).toMatchObject({ decision: 'deny', outcome: 'invalid', issues: [{ path: 'channel' }] });
    expect(JSON.stringify(result)).not.toContain('anna');
  });

  it('deletes everything when the end has come, and certifies it', async () => {
    const { processor, surroundings, database, archive } = await aService();
    const secret = await processor.vault.encrypt(emailOf('r2'), Buffer.from('jan@example.com'));
    surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
    await accept(processor.contracts.giveTerminationNotice(notice, by));
    await processor.deletions.run();
    expect(processor.deletions.nextDueAt()).toBe(endOfTheStory);

    surroundings.clock.moveTo(endOfTheStory);
    await processor.deletions.run();

    expect(processor.deletions.outstanding()).toEqual([]);
    expect([database.held(), archive.held()]).toEqual([0, 0]);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
    if (secret.state !== 'encrypted') throw new Error('expected a ciphertext');
    expect(await processor.vault.decrypt(emailOf('r2'), secret.ciphertext)).toMatchObject({
      state: 'erased',
    });
    const certificate = await processor.deletions.certificate(ids.contract);
    expect(certificate?.contents).toMatchObject({
      status: 'complete-except-dated-remainder',
      dataSets: [
        { recipients: 3, deadline: { date: '2026-04-30' }, stores: [{ receipt: { erased: 3 } }, {}] },
      ],
    });
    expect(verifyCertificate(certificate, publicKeyOf(surroundings))).toMatchObject({ verdict: 'genuine' });
  });
});
