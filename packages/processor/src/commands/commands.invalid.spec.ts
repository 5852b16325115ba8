import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Processor } from '../processor';
import { createSurroundings, startProcessor } from '../testing/a-processor';
import { accept, aService } from '../testing/a-service';
import { by, conclusion, notice, terms } from '../testing/a-story';
import { readWholeLog } from '../testing/whole-log';

const started = (): { readonly processor: Processor } => ({
  processor: startProcessor(createSurroundings('2026-01-02T10:00:00.000Z'), {}),
});

const numberOfEvents = async ({ eventStore }: Processor): Promise<number> =>
  (await readWholeLog(eventStore)).length;

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
    ['a telephone number without its plus', { actor: '48600700800' }, 'options.actor'],
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
