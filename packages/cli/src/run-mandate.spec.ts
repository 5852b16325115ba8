import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { answerTo, story, writtenFile } from './testing/written-file';

let file: string;
let discard: () => void;
beforeAll(async () => {
  ({ file, discard } = await writtenFile((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!));
});
afterAll(() => {
  discard();
});

const { contractId, dataSetId, unknown, startsAt, suspendedAt, now } = story;
const jsonOf = async (...parameters: readonly string[]): Promise<unknown> => {
  const { output } = await answerTo([...parameters, '--file', file, '--json']);
  return JSON.parse(output) as unknown;
};

describe('mandate', () => {
  it('lists contracts with their state', async () => {
    expect(await jsonOf('contracts')).toEqual({ contracts: [{ contractId, state: 'suspended' }] });
  });

  it('shows the scope at an instant', async () => {
    expect(await jsonOf('scope', contractId)).toMatchObject({
      validAt: now,
      knownAt: null,
      scope: { 'contract.started': true, 'contract.suspended': true },
    });
    expect(await jsonOf('scope', contractId, '--valid-at', now, '--known-at', startsAt)).toMatchObject({
      scope: { 'contract.suspended': false },
    });
  });

  it('tells the story', async () => {
    const types = ['ContractConcluded', 'DataSetEntrusted', 'ContractSuspended'];
    const timeline = types.map((type) => expect.objectContaining({ type }));
    expect(await jsonOf('timeline', contractId)).toEqual({ contractId, timeline });
  });

  it('says what changed and by which event', async () => {
    const answer = await jsonOf('diff', contractId, '--from', startsAt, '--to', suspendedAt);
    expect(answer).toMatchObject({
      changes: [
        {
          name: 'contract.suspended',
          before: false,
          after: true,
          because: 'recorded',
          events: [{ type: 'ContractSuspended' }],
        },
      ],
    });
  });

  it('replays a part of the log, one JSON object a line', async () => {
    const { code, output } = await answerTo(['replay', '--file', file, '--json', '--from', startsAt]);
    const lines = output.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: { contractId, type: 'ContractSuspended' } },
      { outcome: { outcome: 'finished', events: 1, unreadable: 0 } },
    ]);
    expect(code).toBe(0);
  });

  it('answers to people in tables', async () => {
    const { code, output } = await answerTo(['timeline', contractId, '--file', file]);
    expect(output).toContain('The processing was suspended');
    expect(code).toBe(0);
  });
});

describe('an explanation', () => {
  const request = { operation: 'store', contractId, dataSetId };
  const byOptions = ['--operation', 'store', '--contract', contractId, '--data-set', dataSetId];

  it('of what is allowed ends with 0, by options or by JSON', async () => {
    for (const [options, input] of [
      [byOptions, ''],
      [[], JSON.stringify(request)],
    ] as const) {
      const answer = await answerTo(['explain', '--file', file, '--json', ...options], { input });
      expect(answer).toMatchObject({ code: 0, output: expect.stringContaining('"allow"') });
    }
  });

  it('names the contract, the time in which it holds, and the events behind it', async () => {
    const at = ['--valid-at', startsAt];
    expect(await jsonOf('explain', ...byOptions, ...at)).toMatchObject({
      decision: 'allow',
      request,
      contract: { contractId, standing: 'in-force' },
      holds: { from: startsAt },
      grounds: [{ kind: 'contract' }],
      reasons: [],
      events: [
        { type: 'ContractConcluded', position: expect.stringMatching(/:/), recordedAt: startsAt },
        { type: 'DataSetEntrusted' },
        { type: 'ContractSuspended', recordedAt: suspendedAt },
      ],
    });
    const known = await jsonOf('explain', ...byOptions, ...at, '--known-at', startsAt);
    expect(JSON.stringify(known)).not.toContain('ContractSuspended');
  });

  it('of what is denied ends with 1, and gives code, sentence, cure and article in both languages', async () => {
    const input = JSON.stringify({ ...request, contractId: unknown });
    const { code, output } = await answerTo(['explain', '--file', file, '--json'], { input });
    expect(code).toBe(1);
    const both = { en: expect.any(String), pl: expect.any(String) };
    expect(JSON.parse(output)).toMatchObject({
      decision: 'deny',
      reasons: [{ code: 'contract-unknown', sentence: both, cure: both, article: expect.any(String) }],
      events: [],
    });
  });

  it('is a text for people, in English or in Polish', async () => {
    for (const [language, words] of [
      [[], ['Allowed', 'By these events:']],
      [
        ['--language', 'pl'],
        ['Dozwolone', 'Na podstawie zdarzeń:'],
      ],
    ] as const) {
      const { code, output } = await answerTo(['explain', '--file', file, ...byOptions, ...language]);
      expect(code).toBe(0);
      for (const word of words) expect(output).toContain(word);
    }
  });
});

describe('what cannot be used ends with 2', () => {
  it.each<readonly [string, readonly string[], RegExp]>([
    ['no command of it', ['dance'], /unknown command/],
    ['a contract that is not known', ['scope', unknown], /mandate contracts/],
    ['a contract id that is none', ['scope', 'anna@example.com'], /found a string of 16 characters/],
    [
      'an instant that is none',
      ['scope', contractId, '--valid-at', 'yesterday'],
      /--valid-at: expected an instant/,
    ],
    ['a position that is none', ['replay', '--from', 'x'], /--from: expected an instant .* or a position/],
    ['a request that is no JSON', ['explain'], /Standard input: expected a request as JSON/],
    ['a language that is not spoken', ['explain', '--language', 'x'], /--language: expected en or pl/],
    ['a request that lacks something', ['explain', '--operation', 'store'], /contractId/],
  ])('%s', async (_, parameters, sentence) => {
    const { code, output, complaints } = await answerTo([...parameters, '--file', file]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(sentence);
    expect(complaints).not.toContain('anna');
  });
});

describe('a file', () => {
  it('is not changed by any question', async () => {
    const before = readFileSync(file);
    for (const command of ['contracts', 'replay']) await answerTo([command, '--file', file]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is missing is not created, and ends with 3', async () => {
    const missing = `${file}-missing`;
    expect(await answerTo(['contracts', '--file', missing])).toMatchObject({ code: 3, output: '' });
    expect(existsSync(missing)).toBe(false);
  });

  it('that is no history ends with 3', async () => {
    const foreign = `${file}-foreign`;
    writeFileSync(foreign, 'no database at all, but long enough to be looked at'.repeat(20));
    expect(await answerTo(['replay', '--file', foreign])).toMatchObject({ code: 3, output: '' });
  });
});

describe('an interruption', () => {
  it('ends with 130 and says where to go on', async () => {
    const { code, output } = await answerTo(['replay', '--file', file], { signal: AbortSignal.abort() });
    expect(code).toBe(130);
    expect(output).toContain('interrupted: 0 events read');
  });
});

describe('the help', () => {
  it('teaches where to start and which question each command answers', async () => {
    const { code, output } = await answerTo(['--help']);
    expect(output).toContain('Start here:\n  $ mandate contracts --file history.sqlite');
    for (const command of ['contracts', 'scope', 'timeline', 'diff', 'explain', 'check-log', 'replay'])
      expect(output).toMatch(new RegExp(`\\? +mandate ${command}`));
    expect(code).toBe(0);
  });

  it.each(['contracts', 'scope', 'timeline', 'diff', 'replay', 'explain', 'check-log'])(
    'of %s has an example',
    async (command) => {
      const { code, output } = await answerTo([command, '--help']);
      expect(output).toMatch(/Example:\n {2}\$ mandate /);
      expect(output).toContain('Exit codes');
      expect(code).toBe(0);
    },
  );
});
