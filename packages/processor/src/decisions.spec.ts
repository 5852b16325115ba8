import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '@mandate/event-sourcing';
import { createFaultStore } from '@mandate/event-sourcing/testing';
import { startProcessor } from './testing/a-processor';
import { accept, aService, type Service } from './testing/a-service';
import { by, ids, instruction, sending } from './testing/a-story';

const notCurrent = {
  decision: 'deny',
  explanations: [{ code: 'scope-not-current', article: 'GDPR Art. 5(2), 28(3)(a)' }],
};

const withdrawal = {
  contractId: ids.contract,
  instructionId: ids.instruction,
  effectiveAt: '2026-01-02T10:00:00.000Z',
  issuerId: ids.issuer,
  withdrawal: { ...instruction.content.evidence, digest: 'e'.repeat(64) },
} as const;

/** A second processor on the same history, whose store can be cut off. */
const besides = ({ surroundings }: Service, staleAfterMs: number) => {
  let isCutOff = false;
  const eventStore: EventStore = {
    ...surroundings.eventStore,
    readAll: (options) =>
      isCutOff ? Promise.reject(new Error('unreachable')) : surroundings.eventStore.readAll(options),
  };
  const processor = startProcessor({ ...surroundings, eventStore }, {}, { staleAfterMs });
  return { processor, cutOff: () => (isCutOff = true), reconnect: () => (isCutOff = false) };
};

describe('a decision', () => {
  it('rests on what others have recorded, too', async () => {
    const service = await aService();
    const { processor } = besides(service, 0);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    await accept(service.processor.instructions.withdraw(withdrawal, by));
    expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
  });

  it('rests on a reading that is not older than it may be, without reading again', async () => {
    const service = await aService();
    const { processor, cutOff } = besides(service, 60_000);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    cutOff();
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
  });

  it('is a denial while the history cannot be read, and none any more when it can', async () => {
    const service = await aService();
    const { processor, cutOff, reconnect } = besides(service, 0);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    cutOff();
    expect(await processor.decide(sending)).toMatchObject(notCurrent);
    reconnect();
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
  });

  it('is a denial before the first reading', async () => {
    const service = await aService();
    const { processor, cutOff } = besides(service, 60_000);
    cutOff();
    expect(await processor.decide(sending)).toMatchObject(notCurrent);
  });

  it('never rests on a history that lacks a command that was just accepted', async () => {
    const service = await aService();
    const { surroundings } = service;
    // The command reads streams; only the read side reads the log, and fails there the second time.
    const failing = createFaultStore(surroundings.eventStore, {
      faults: [{ call: 2, operation: 'readAll', fault: 'fail-before' }],
    });
    const processor = startProcessor({ ...surroundings, eventStore: failing }, {}, { staleAfterMs: 60_000 });
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    await accept(processor.instructions.withdraw(withdrawal, by));
    expect(await processor.decide(sending)).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'instruction-withdrawn' }, {}],
    });
  });

  it('is taken for the time and by the knowledge that are asked for', async () => {
    const { processor, surroundings } = await aService();
    surroundings.clock.moveTo('2026-02-01T00:00:00.000Z');
    await accept(processor.instructions.withdraw(withdrawal, by));
    const [validAt, knownAt] = ['2026-01-15T00:00:00.000Z', '2026-01-31T00:00:00.000Z'];
    expect(await processor.decide(sending, { validAt })).toMatchObject({ decision: 'deny' });
    expect(await processor.decide(sending, { validAt, knownAt })).toMatchObject({ decision: 'allow' });
    expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
  });

  it('about a time that is none is a denial that says so', async () => {
    const { processor } = await aService();
    expect(
      await processor.decide(sending, { validAt: '2026-02-30T00:00:00.000Z', knownAt: 'now' }),
    ).toMatchObject({
      decision: 'deny',
      outcome: 'invalid',
      issues: [{ path: 'options.validAt' }, { path: 'options.knownAt' }],
    });
  });

  it('about a request that throws when it is looked at is a denial that says so', async () => {
    const { processor } = await aService();
    const trap = {
      get operation(): never {
        throw new Error('anna@example.com');
      },
    };
    for (const request of [trap, { ...sending, special: trap }, undefined, null, 7]) {
      const answer = await processor.decide(request as never);
      expect(answer).toMatchObject({
        decision: 'deny',
        outcome: 'invalid',
        sentence: expect.stringMatching(/\.$/),
      });
      expect(JSON.stringify(answer)).not.toContain('anna');
    }
  });

  it('for a purpose of the platform itself is a denial that names the article', async () => {
    const { processor } = await aService();
    expect(await processor.decide({ ...sending, purpose: 'model-training' })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'purpose-of-the-processor', article: 'GDPR Art. 28(10), 29' }],
    });
  });

  it('is a denial under a contract whose history cannot be read to its end, and only there', async () => {
    const service = await aService();
    const { surroundings } = service;
    const commandId = ids.issuer as never;
    await surroundings.eventStore.append(`broken-${ids.contract}`, 'no-stream', [
      {
        eventId: commandId,
        type: 'ContractAmended',
        schemaVersion: 1,
        data: { contractId: ids.contract },
        metadata: { commandId, correlationId: commandId, causationId: commandId, actor: 'x' },
      },
    ]);
    const { processor } = besides(service, 0);
    expect(await processor.decide(sending)).toMatchObject(notCurrent);
    const elsewhere = { ...sending, contractId: ids.controller };
    expect(await processor.decide(elsewhere)).toMatchObject({ explanations: [{ code: 'contract-unknown' }] });
  });
});

describe('waiting for a position', () => {
  it('makes what another process recorded part of every answer', async () => {
    const service = await aService();
    const { processor } = besides(service, 60_000);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    const withdrawn = await service.processor.instructions.withdraw(withdrawal, by);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    await processor.waitFor(withdrawn.outcome === 'accepted' ? withdrawn.position : undefined);
    expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
  });
});

describe('a processor that is closed', () => {
  it('denies, and lets go of what it was given', async () => {
    const service = await aService();
    let isClosed = false;
    const onClose = (): Promise<void> => {
      isClosed = true;
      return Promise.resolve();
    };
    const processor = startProcessor(service.surroundings, {}, { onClose, staleAfterMs: 0 });
    await processor.close();
    expect(isClosed).toBe(true);
    expect(await processor.decide(sending)).toMatchObject(notCurrent);
    await expect(processor.vault.keyState({ contractId: ids.contract })).rejects.toMatchObject({
      code: 'vault-closed',
    });
  });

  it('lets go of the rest when the store cannot be closed', async () => {
    const service = await aService();
    const eventStore = {
      ...service.surroundings.eventStore,
      close: () => Promise.reject(new Error('unreachable')),
    };
    let isClosed = false;
    const onClose = (): Promise<void> => {
      isClosed = true;
      return Promise.resolve();
    };
    await expect(
      startProcessor({ ...service.surroundings, eventStore }, {}, { onClose }).close(),
    ).rejects.toThrow();
    expect(isClosed).toBe(true);
  });
});
