import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Processor } from './processor';
import { createSurroundings, startProcessor } from './testing/a-processor';
import { accept, aService, putIntoService } from './testing/a-service';
import { by, conclusion, dataSet, ids, instruction, notice, terms } from './testing/a-story';
import { readWholeLog } from './testing/whole-log';

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

describe('an input that cannot be understood', () => {
  it('is answered with the place, what was expected and the shape of what was found, and records nothing', async () => {
    const { processor } = started();
    const result = await processor.contracts.conclude(
      {
        ...conclusion,
        contractId: 'anna@example.com',
        startsAt: conclusion.startsAt,
        terms: { ...terms, channels: ['e-mail', 'anna@example.com' as 'sms'] },
      },
      by,
    );
    expect(result).toEqual({
      outcome: 'invalid',
      issues: [
        {
          path: 'contractId',
          expected: 'contract id (a UUID in lower case)',
          found: 'a string of 16 characters',
        },
        {
          path: 'terms.channels[1]',
          expected: 'a channel (e-mail, sms, push, in-app, chat, voice)',
          found: 'a string of 16 characters',
        },
      ],
      sentence:
        'contractId: expected contract id (a UUID in lower case), found a string of 16 characters. ' +
        'terms.channels[1]: expected a channel (e-mail, sms, push, in-app, chat, voice), found a string of 16 characters.',
    });
    expect(await numberOfEvents(processor)).toBe(0);
  });

  it('is answered in plain data, whatever it is and whatever its options are', async () => {
    const { processor } = started();
    const { contracts, instructions, dataSets } = processor;
    const commands = [contracts, instructions, dataSets].flatMap((group) =>
      Object.values<unknown>({ ...group }),
    );
    const command = fc.constantFrom(...commands) as fc.Arbitrary<
      (...args: readonly unknown[]) => Promise<unknown>
    >;
    await fc.assert(
      fc.asyncProperty(
        command,
        fc.jsonValue(),
        fc.oneof(fc.constant(by), fc.jsonValue()),
        async (give, input, options) => {
          expect(await give(input, options)).toMatchObject({
            outcome: 'invalid',
            sentence: expect.stringMatching(/\.$/),
          });
        },
      ),
      { numRuns: 300 },
    );
    expect(await numberOfEvents(processor)).toBe(0);
  });
});

describe('the options of a command', () => {
  const refusedOptions: readonly (readonly [string, unknown, string])[] = [
    ['an address as the actor', { actor: 'anna@example.com' }, 'options.actor'],
    ['a name as the actor', { actor: 'Anna Kowalska' }, 'options.actor'],
    ['a telephone number as the actor', { actor: '+48600700800' }, 'options.actor'],
    ['no actor', {}, 'options.actor'],
    ['an id that is none', { ...by, commandId: 'anna@example.com' }, 'options.commandId'],
    ['a correlation that is none', { ...by, correlationId: '1' }, 'options.correlationId'],
    ['a trace that is none', { ...by, traceparent: 'anna@example.com' }, 'options.traceparent'],
    ['a field that nobody knows', { ...by, 'anna@example.com': 1 }, 'options.?'],
    ['nothing', undefined, 'options'],
    ['a text', 'anna@example.com', 'options'],
  ];

  it.each(refusedOptions)('with %s are refused without repeating it', async (_name, options, path) => {
    const { processor } = started();
    const result = await processor.contracts.conclude(conclusion, options as never);
    expect(result).toMatchObject({ outcome: 'invalid', issues: [{ path }] });
    expect(JSON.stringify(result)).not.toMatch(/anna|kowalska|600700800/i);
    expect(await numberOfEvents(processor)).toBe(0);
  });
});

describe('legal dates in commands', () => {
  it('are resolved once, and stay as they are on record', async () => {
    const { processor } = await aService();
    await accept(processor.contracts.giveTerminationNotice(notice, by));
    const given = (await readWholeLog(processor.eventStore)).find(
      ({ type }) => type === 'TerminationNoticeGiven',
    );
    expect(given?.data['endsAt']).toEqual({ ...notice.endsAt, at: '2026-03-30T22:00:00.000Z' });
  });

  it('that do not exist are refused, also in a zone that is only needed at the end', async () => {
    const { processor } = started();
    const result = await processor.contracts.conclude(
      {
        ...conclusion,
        startsAt: { date: '2026-02-30', zone: 'Europe/Warsaw' },
        terms: { ...terms, deletion: { ...terms.deletion, zone: 'Mars/Olympus_Mons' } },
      },
      by,
    );
    expect(result).toMatchObject({
      outcome: 'invalid',
      issues: [{ path: 'startsAt' }, { path: 'terms.deletion.zone' }],
    });
  });

  it('may not come with an instant of their own', async () => {
    const { processor } = started();
    const startsAt = { ...conclusion.startsAt, at: '2020-01-01T00:00:00.000Z' };
    expect(await processor.contracts.conclude({ ...conclusion, startsAt }, by)).toMatchObject({
      outcome: 'invalid',
      issues: [{ path: 'startsAt.at' }],
    });
  });
});
