import { describe, expect, it } from '@jest/globals';
import { positionOf, type EventStore, type StoreId } from '@mandate/event-sourcing';
import { startProcessor } from './testing/a-processor';
import { accept, aService } from './testing/a-service';
import { by, ids, instruction, sending } from './testing/a-story';

const withdrawal = {
  contractId: ids.contract,
  instructionId: ids.instruction,
  effectiveAt: '2026-01-02T10:00:00.000Z',
  issuerId: ids.issuer,
  withdrawal: { ...instruction.content.evidence, digest: 'e'.repeat(64) },
} as const;

describe('what was known at a position of the log', () => {
  it('is what an accepted command made of it, and nothing that came later', async () => {
    const { processor } = await aService();
    const before = await processor.eventStore.readAll({ limit: 100 });
    const knownAt = before.events.at(-1)?.position ?? '';
    await accept(processor.instructions.withdraw(withdrawal, by));
    expect(await processor.decide(sending, { knownAt })).toMatchObject({ decision: 'allow' });
    const after = await processor.eventStore.readAll({ limit: 100 });
    const withdrawn = after.events.at(-1)?.position ?? '';
    expect(await processor.decide(sending, { knownAt: withdrawn })).toMatchObject({
      explanations: [{ code: 'instruction-withdrawn' }, {}],
    });
  });

  it('is read first when another process wrote it', async () => {
    const { processor, surroundings } = await aService();
    const other = startProcessor(surroundings, {}, { staleAfterMs: 60_000 });
    expect(await other.decide(sending)).toMatchObject({ decision: 'allow' });
    const withdrawn = await processor.instructions.withdraw(withdrawal, by);
    const knownAt = withdrawn.outcome === 'accepted' ? (withdrawn.position ?? '') : '';
    expect(await other.decide(sending, { knownAt })).toMatchObject({ decision: 'deny' });
  });

  it('is a denial when the log does not reach so far', async () => {
    const { processor } = await aService();
    const knownAt = positionOf(processor.eventStore.storeId, 99);
    expect(await processor.decide(sending, { knownAt })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'scope-not-current' }],
    });
  });

  it.each([positionOf('99999999-9999-4999-8999-999999999999' as StoreId, 1), 'yesterday', ':7', 7, null])(
    'is asked for by a position of this log: not by %p',
    async (knownAt) => {
      const { processor } = await aService();
      expect(await processor.decide(sending, { knownAt } as never)).toMatchObject({
        decision: 'deny',
        outcome: 'invalid',
        issues: [{ path: 'options.knownAt' }],
      });
    },
  );

  it('is no place in the log when it is not a number', async () => {
    const { processor } = await aService();
    const knownAt = `${processor.eventStore.storeId}:anna`;
    const answer = await processor.decide(sending, { knownAt });
    expect(answer).toMatchObject({ decision: 'deny', outcome: 'invalid' });
    expect(JSON.stringify(answer)).not.toContain('anna');
  });
});

describe('an option that is not known', () => {
  it('is a denial that does not repeat it', async () => {
    const { processor } = await aService();
    const answer = await processor.decide(sending, {
      'anna@example.com': '2026-01-01T00:00:00.000Z',
    } as never);
    expect(answer).toMatchObject({
      decision: 'deny',
      outcome: 'invalid',
      issues: [{ path: 'options', expected: 'no option but validAt, knownAt, strict' }],
    });
    expect(JSON.stringify(answer)).not.toContain('anna');
  });

  it('is one whatever else is asked for: options are an object, and plain', async () => {
    const { processor } = await aService();
    const trap = {
      get validAt(): never {
        throw new Error('anna@example.com');
      },
    };
    for (const options of [null, 7, 'now', trap, { strict: 'yes' }, { validAt: null }]) {
      const answer = await processor.decide(sending, options as never);
      expect(answer).toMatchObject({ decision: 'deny', outcome: 'invalid' });
      expect(JSON.stringify(answer)).not.toContain('anna');
    }
  });
});

describe('a strict decision', () => {
  it('rests on what others have just recorded, where another may rest on an older reading', async () => {
    const { processor, surroundings } = await aService();
    const other = startProcessor(surroundings, {}, { staleAfterMs: 60_000 });
    expect(await other.decide(sending)).toMatchObject({ decision: 'allow' });
    await accept(processor.instructions.withdraw(withdrawal, by));
    expect(await other.decide(sending)).toMatchObject({ decision: 'allow' });
    expect(await other.decide(sending, { strict: false })).toMatchObject({ decision: 'allow' });
    expect(await other.decide(sending, { strict: true })).toMatchObject({ decision: 'deny' });
  });

  it('is a denial while the log cannot be read, however fresh the last reading is', async () => {
    const { surroundings } = await aService();
    let isCutOff = false;
    const eventStore: EventStore = {
      ...surroundings.eventStore,
      readAll: (options) =>
        isCutOff ? Promise.reject(new Error('unreachable')) : surroundings.eventStore.readAll(options),
    };
    const processor = startProcessor({ ...surroundings, eventStore }, {}, { staleAfterMs: 60_000 });
    expect(await processor.decide(sending, { strict: true })).toMatchObject({ decision: 'allow' });
    isCutOff = true;
    expect(await processor.decide(sending)).toMatchObject({ decision: 'allow' });
    expect(await processor.decide(sending, { strict: true })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'scope-not-current' }],
    });
  });
});
