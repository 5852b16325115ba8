import { describe, expect, it } from '@jest/globals';
import { textOfExplanation } from '@mandate/processor';
import { startProcessor } from './testing/a-processor';
import { aService } from './testing/a-service';
import { ids, sending } from './testing/a-story';

const validAt = '2026-02-01T00:00:00.000Z';

describe('an explanation', () => {
  it('of a permission names instruction, version, clause, evidence and events', async () => {
    const { processor } = await aService();
    const basis = { instructionId: ids.instruction, version: 1, clause: '1', evidenceDigest: 'b'.repeat(64) };
    expect(await processor.explain(sending, { validAt })).toMatchObject({
      outcome: 'explained',
      explanation: {
        decision: 'allow',
        grounds: [basis, basis],
        reasons: [],
        contract: { contractId: ids.contract, standing: 'in-force' },
        events: [
          { type: 'ContractConcluded', stream: `contract-${ids.contract}` },
          { type: 'InstructionIssued', stream: `instruction-${ids.instruction}` },
          { type: 'DataSetEntrusted' },
        ],
      },
    });
  });

  it('names the very streams in which the events stand', async () => {
    const { processor } = await aService();
    const result = await processor.explain(sending, { validAt });
    const { events } = await processor.eventStore.readAll({ limit: 100 });
    const told = result.outcome === 'explained' ? result.explanation.events : [];
    expect(told.map(({ stream, position }) => ({ stream, position }))).toEqual(
      events.map(({ stream, position }) => ({ stream, position })),
    );
  });

  it('of a denial reads in both languages, with what would remove the reason', async () => {
    const { processor } = await aService();
    const result = await processor.explain({ ...sending, purpose: 'model-training' }, { validAt });
    if (result.outcome !== 'explained') throw new Error('expected an explanation');
    expect(textOfExplanation(result.explanation)).toMatch(
      /^Denied at .*purpose of the processor itself.*\(GDPR Art\. 28\(10\), 29\).*What would change this: /s,
    );
    expect(textOfExplanation(result.explanation, 'pl')).toMatch(
      /własnym celem podmiotu przetwarzającego.*Co by to zmieniło: /s,
    );
  });

  it('is a denial while the log cannot be read, and for what cannot be understood', async () => {
    const { surroundings } = await aService();
    const eventStore = {
      ...surroundings.eventStore,
      readAll: () => Promise.reject(new Error('unreachable')),
    };
    const processor = startProcessor({ ...surroundings, eventStore }, {});
    expect(await processor.explain(sending)).toMatchObject({
      explanation: { decision: 'deny', reasons: [{ code: 'scope-not-current' }], events: [] },
    });
    const invalid = { decision: 'deny', outcome: 'invalid' };
    expect(await processor.explain(null as never)).toMatchObject(invalid);
    expect(await processor.explain(sending, { now: true } as never)).toMatchObject(invalid);
  });
});
