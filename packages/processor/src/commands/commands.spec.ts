import { describe, expect, it } from '@jest/globals';
import type { Processor } from '../processor';
import { createSurroundings, startProcessor } from '../testing/a-processor';
import { accept, putIntoService } from '../testing/a-service';
import { by, conclusion, dataSet, ids, instruction, notice, terms } from '../testing/a-story';
import { readWholeLog } from '../testing/whole-log';

const commandId = 'c0ffee00-0000-4000-8000-000000000001';

const started = (): { readonly processor: Processor; readonly restarted: () => Processor } => {
  const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
  const start = (): Processor => startProcessor(surroundings, {});
  return { processor: start(), restarted: start };
};

const numberOfEvents = async ({ eventStore }: Processor): Promise<number> =>
  (await readWholeLog(eventStore)).length;

describe('a command with an id', () => {
  it('that is given again has its first outcome, and happens once', async () => {
    const { processor } = started();
    const first = await processor.contracts.conclude(conclusion, { ...by, commandId });
    expect(first).toMatchObject({ outcome: 'accepted', events: [{ type: 'ContractConcluded' }] });
    expect(await processor.contracts.conclude(conclusion, { ...by, commandId })).toEqual(first);
    expect(await numberOfEvents(processor)).toBe(1);
  });

  it('has it also in the next process, and when other things have happened since', async () => {
    const { processor, restarted } = started();
    const first = await processor.contracts.conclude(conclusion, { ...by, commandId });
    const choice = {
      contractId: ids.contract,
      choice: 'return-then-delete',
      document: terms.document,
    } as const;
    await accept(processor.contracts.chooseEndOfService(choice, by));
    expect(await restarted().contracts.conclude(conclusion, { ...by, commandId })).toEqual(first);
  });

  it('has it when it is given twice at the same time', async () => {
    const { processor, restarted } = started();
    const outcomes = await Promise.all(
      [processor, restarted(), processor].map((each) =>
        each.contracts.conclude(conclusion, { ...by, commandId }),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await numberOfEvents(processor)).toBe(1);
  });

  it('that a command on another stream has used is not understood', async () => {
    const { processor, restarted } = started();
    await accept(processor.contracts.conclude(conclusion, { ...by, commandId }));
    for (const each of [processor, restarted()]) {
      expect(await each.dataSets.entrust(dataSet, { ...by, commandId })).toEqual({
        outcome: 'invalid',
        issues: [
          {
            path: 'options.commandId',
            expected: 'an id that no other command has used',
            found: 'one that belongs to a command on another stream',
          },
        ],
        sentence:
          'options.commandId: expected an id that no other command has used, ' +
          'found one that belongs to a command on another stream.',
      });
    }
    expect(await numberOfEvents(processor)).toBe(1);
  });

  it('that was refused is decided again: nothing was recorded', async () => {
    const { processor } = started();
    expect(await processor.dataSets.entrust(dataSet, { ...by, commandId })).toMatchObject({
      outcome: 'refused',
    });
    await accept(processor.contracts.conclude(conclusion, by));
    await accept(processor.dataSets.entrust(dataSet, { ...by, commandId }));
  });
});

describe('a command that is refused', () => {
  it('says the code, the facts, a sentence and the article', async () => {
    const { processor } = started();
    await accept(processor.contracts.conclude(conclusion, by));
    expect(await processor.contracts.conclude(conclusion, by)).toEqual({
      outcome: 'refused',
      code: 'contract-already-concluded',
      rejection: { reason: 'contract-already-concluded', contractId: ids.contract },
      sentence: 'This contract is concluded already. Amend it, or use a new id for another contract.',
      article: 'GDPR Art. 28(3)',
    });
  });

  it('records nothing', async () => {
    const { processor } = started();
    const refusals = [
      processor.contracts.giveTerminationNotice(notice, by),
      processor.instructions.issue(instruction, by),
      processor.dataSets.entrust(dataSet, by),
    ];
    for (const refusal of await Promise.all(refusals)) {
      expect(refusal).toMatchObject({ outcome: 'refused', code: 'contract-not-concluded' });
      expect(refusal).toHaveProperty('sentence', expect.stringMatching(/\.$/));
      expect(refusal).toHaveProperty('article', expect.stringMatching(/^GDPR Art\. /));
    }
    expect(await numberOfEvents(processor)).toBe(0);
  });
});

describe('a command that is accepted', () => {
  it('says where it is on record, and who gave it stands beside its events', async () => {
    const { processor } = started();
    const options = {
      actor: 'portal:user-17',
      commandId,
      correlationId: 'c0ffee00-0000-4000-8000-000000000002',
      causationId: 'c0ffee00-0000-4000-8000-000000000003',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const outcome = await processor.contracts.conclude(conclusion, options);
    const [recorded] = await readWholeLog(processor.eventStore);
    expect(outcome).toMatchObject({
      stream: `contract-${ids.contract}`,
      version: 1,
      position: recorded?.position,
    });
    expect(recorded?.metadata).toEqual(options);
  });

  it('is its own correlation and cause when none is given', async () => {
    const { processor } = started();
    await accept(processor.contracts.conclude(conclusion, { ...by, commandId }));
    const [recorded] = await readWholeLog(processor.eventStore);
    expect(recorded?.metadata).toEqual({
      ...by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
  });

  it('is part of the next decision', async () => {
    const { processor } = started();
    await putIntoService(processor);
    const { contract: contractId, dataSet: dataSetId } = ids;
    const store = { operation: 'store', contractId, dataSetId } as const;
    expect(await processor.decide(store)).toMatchObject({ decision: 'allow' });
  });
});
