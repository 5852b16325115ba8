import { describe, expect, it } from '@jest/globals';
import type { Processor } from './processor';
import { accept, aService, emailOf, endOfTheStory, type Service } from './testing/a-service';
import { by, conclusion, dataSet, ids, instruction, notice, sending, terms } from './testing/a-story';
import { readWholeLog } from './testing/whole-log';

// Addresses and names that nobody may ever find in a place that is not their own.
const canaries = ['zdzislawa.canary@example.com', '+48600700801', 'Zdzisława Kanarek', '0048 600 700 802'];

/** Every form in which a canary could leave a trace: as it is, escaped, encoded. */
const traces = canaries.flatMap((canary) => [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
  Buffer.from(canary).toString('hex'),
]);

const tracesIn = (something: unknown): readonly string[] => {
  const text =
    something instanceof Error ? `${something.name} ${something.message} ${something.stack ?? ''}` : '';
  const everything = `${text} ${JSON.stringify(something, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))}`;
  return traces.filter((trace) => everything.includes(trace));
};

/** The same input with a canary in the place of each of its leaves in turn, and as a field beside them. */
const mistyped = (input: unknown, canary: string): readonly unknown[] => {
  if (Array.isArray(input)) {
    const items = input as readonly unknown[];
    return [
      ...items.flatMap((item, index) => mistyped(item, canary).map((bad) => items.with(index, bad))),
      canary,
    ];
  }
  if (typeof input !== 'object' || input === null) return [canary];
  const fields = Object.entries(input);
  return [
    canary,
    { ...input, [canary]: 1 },
    { ...input, note: canary },
    ...fields.flatMap(([key, field]) => mistyped(field, canary).map((bad) => ({ ...input, [key]: bad }))),
  ];
};

type Give = (input: never, options: never) => Promise<unknown>;

const commandsOf = ({
  contracts,
  instructions,
  dataSets,
}: Processor): readonly (readonly [Give, unknown])[] => {
  const { contract: contractId, instruction: instructionId, dataSet: dataSetId } = ids;
  const effectiveAt = '2026-02-01T12:00:00.000Z';
  return [
    [contracts.conclude, conclusion],
    [contracts.amend, { contractId, effectiveAt, terms }],
    [contracts.giveTerminationNotice, notice],
    [
      contracts.announceSubProcessor,
      { contractId, subProcessorId: ids.issuer, countries: ['PL'], objectionUntil: conclusion.startsAt },
    ],
    [instructions.issue, { ...instruction, supersedes: ids.issuer }],
    [
      instructions.contest,
      {
        contractId,
        instructionId,
        effectiveAt,
        clauses: ['1'],
        ground: 'gdpr',
        opinion: terms.document,
        controllerInformedAt: effectiveAt,
      },
    ],
    [dataSets.entrust, dataSet],
    [dataSets.registerStore, { contractId, dataSetId, store: dataSet.stores[0] }],
    [
      dataSets.eraseRecipient,
      { contractId, dataSetId, requestId: ids.issuer, forwardedAt: effectiveAt, method: 'row-deletion' },
    ],
    [
      dataSets.applyRetentionLaw,
      {
        contractId,
        dataSetId,
        retentionId: ids.issuer,
        jurisdiction: 'PL',
        law: 'UoR',
        article: 'art-74',
        items: ['contact-data'],
        until: notice.endsAt,
      },
    ],
  ];
};

/** What came of it, whether it was an outcome or an exception. */
const outcomeOf = (result: Promise<unknown>): Promise<unknown> => result.catch((error: unknown) => error);

const everythingOnRecord = async ({ surroundings }: Service): Promise<unknown> => [
  await readWholeLog(surroundings.eventStore),
  await surroundings.certificates.get(ids.contract),
];

describe('an address, a telephone number, a name', () => {
  it('typed into any field of a command is in no outcome, no event, no metadata', async () => {
    const service = await aService();
    for (const [give, input] of commandsOf(service.processor)) {
      for (const bad of canaries.flatMap((canary) => mistyped(input, canary))) {
        const outcome = await outcomeOf(give(bad as never, by as never));
        expect(outcome).toMatchObject({ outcome: 'invalid' });
        expect(tracesIn(outcome)).toEqual([]);
      }
    }
    expect(tracesIn(await everythingOnRecord(service))).toEqual([]);
  });

  it('typed into the options of a command is nowhere, either', async () => {
    const service = await aService();
    const options = {
      ...by,
      commandId: ids.issuer,
      correlationId: ids.issuer,
      causationId: ids.issuer,
      traceparent: 'x',
    };
    for (const bad of canaries.flatMap((canary) => mistyped(options, canary))) {
      const outcome = await outcomeOf(
        service.processor.contracts.giveTerminationNotice(notice, bad as never),
      );
      expect(outcome).toMatchObject({ outcome: 'invalid' });
      expect(tracesIn(outcome)).toEqual([]);
    }
    expect(tracesIn(await everythingOnRecord(service))).toEqual([]);
  });

  it('typed into a request is in no answer', async () => {
    const { processor } = await aService();
    const special = { categories: ['health'], foundIn: 'message-content' };
    const request = { ...sending, subProcessorId: ids.issuer, special };
    for (const bad of canaries.flatMap((canary) => mistyped(request, canary))) {
      const answer = await outcomeOf(processor.decide(bad as never));
      expect(answer).toMatchObject({ decision: 'deny', outcome: 'invalid' });
      expect(tracesIn(answer)).toEqual([]);
    }
    for (const canary of canaries) {
      const answer = await processor.decide(sending, { validAt: canary, knownAt: canary });
      expect(answer).toMatchObject({ decision: 'deny', outcome: 'invalid' });
      expect(tracesIn(answer)).toEqual([]);
    }
  });

  it('given to the vault as it should be is in no event, no error, no certificate, from the first day to the last', async () => {
    const service = await aService();
    const { processor, surroundings } = service;
    const answers: unknown[] = [];
    for (const [index, canary] of canaries.entries()) {
      const reference = emailOf(`r${index}`);
      const encrypted = await processor.vault.encrypt(reference, Buffer.from(canary));
      answers.push(encrypted);
      const bytes = encrypted.state === 'encrypted' ? encrypted.ciphertext : new Uint8Array();
      answers.push(await outcomeOf(processor.vault.decrypt(reference, bytes.with(20, (bytes[20] ?? 0) ^ 1))));
      answers.push(await outcomeOf(processor.vault.decrypt({ ...reference, recipientId: canary }, bytes)));
      answers.push(await processor.vault.blindIndex(reference, [Buffer.from(canary)]));
    }
    surroundings.clock.moveTo('2026-02-01T12:00:00.000Z');
    await accept(processor.contracts.giveTerminationNotice(notice, by));
    surroundings.clock.moveTo(endOfTheStory);
    await processor.deletions.run({ onProgress: (progress) => answers.push(progress) });
    answers.push(await outcomeOf(processor.deletions.retry(canaries[0] ?? '', canaries[1] ?? '')));
    answers.push(await outcomeOf(processor.deletions.certificate(canaries[0] ?? '')));
    expect(answers.flatMap(tracesIn)).toEqual([]);
    expect(tracesIn(await everythingOnRecord(service))).toEqual([]);
  });

  it('would be found, if it were there', async () => {
    for (const [index, canary] of canaries.entries()) {
      expect(tracesIn({ note: `to ${canary}` })).toContain(traces[index * 5]);
      expect(tracesIn(new Error(`no such recipient: ${canary}`))).toContain(traces[index * 5]);
      expect(
        tracesIn({ bytes: Buffer.from('x').toString('hex') + Buffer.from(canary).toString('hex') }),
      ).not.toEqual([]);
    }
    const service = await aService();
    const [canary] = canaries;
    const withAddress = { type: 'Noted', schemaVersion: 1, data: { note: canary ?? '' } };
    const commandId = ids.issuer as never;
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'x' };
    await service.surroundings.eventStore.append('notes', 'no-stream', [
      { ...withAddress, eventId: commandId, metadata },
    ]);
    expect(tracesIn(await everythingOnRecord(service))).toContain(canary);
  });
});
