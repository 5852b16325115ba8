import { describe, expect, it } from '@jest/globals';
import { startProcessor } from '../testing/a-processor';
import { accept, aService, type Service } from '../testing/a-service';
import { by, ids, instruction, sending, terms } from '../testing/a-story';
import { readWholeLog } from '../testing/whole-log';

const newer = '77777777-7777-4777-8777-777777777777';
const stranger = '88888888-8888-4888-8888-888888888888';
const { content } = instruction;

const following = {
  contractId: ids.contract,
  instructionId: newer,
  content: { ...content, grants: [{ ...content.grants[0], channels: ['sms'] }] },
  supersedes: ids.instruction,
} as const;

const byStranger = { ...following, content: { ...following.content, issuerId: stranger } } as const;

const superseded = async ({ surroundings }: Service): Promise<readonly unknown[]> =>
  (await readWholeLog(surroundings.eventStore))
    .filter(({ type }) => type === 'InstructionSuperseded')
    .map(({ data }) => data);

describe('an instruction that supersedes another one', () => {
  it('is noted on the other one, from the instant at which it takes its place', async () => {
    const service = await aService();
    await accept(service.processor.instructions.issue(following, by));
    expect(await superseded(service)).toEqual([
      {
        contractId: ids.contract,
        instructionId: ids.instruction,
        supersededBy: newer,
        effectiveAt: content.interval.from,
      },
    ]);
    expect(await service.processor.decide(sending)).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'instruction-superseded' }, {}],
    });
    expect(await service.processor.decide({ ...sending, channel: 'sms' })).toMatchObject({
      decision: 'allow',
    });
  });

  it('is noted once, however often it is given, and in whichever process', async () => {
    const service = await aService();
    const options = { ...by, commandId: 'c0ffee00-0000-4000-8000-000000000001' };
    for (const processor of [
      service.processor,
      service.processor,
      startProcessor(service.surroundings, {}),
    ]) {
      await accept(processor.instructions.issue(following, options));
    }
    expect(await superseded(service)).toHaveLength(1);
  });

  it('is noted when it is given again after a crash came in between', async () => {
    const service = await aService();
    const { surroundings } = service;
    const options = { ...by, commandId: 'c0ffee00-0000-4000-8000-000000000001' };
    let appends = 0;
    const eventStore: typeof surroundings.eventStore = {
      ...surroundings.eventStore,
      append: (...append) => {
        appends += 1;
        return appends > 1 ? Promise.reject(new Error('dead')) : surroundings.eventStore.append(...append);
      },
    };
    const dying = startProcessor({ ...surroundings, eventStore }, {});
    await expect(dying.instructions.issue(following, options)).rejects.toThrow('dead');
    expect(await superseded(service)).toEqual([]);
    await accept(startProcessor(surroundings, {}).instructions.issue(following, options));
    expect(await superseded(service)).toHaveLength(1);
  });

  it('by an issuer who is not entitled changes nothing', async () => {
    const service = await aService();
    await accept(service.processor.instructions.issue(byStranger, by));
    expect(await superseded(service)).toEqual([]);
    expect(await service.processor.decide(sending)).toMatchObject({ decision: 'allow' });
  });

  it('that does not exist, or is over, is accepted all the same', async () => {
    const service = await aService();
    await accept(service.processor.instructions.issue({ ...following, supersedes: stranger }, by));
    expect(await superseded(service)).toEqual([]);
    const again = { ...following, instructionId: stranger };
    await accept(
      service.processor.instructions.withdraw(
        {
          contractId: ids.contract,
          instructionId: ids.instruction,
          effectiveAt: '2026-01-02T09:00:00.000Z',
          issuerId: ids.issuer,
          withdrawal: { ...content.evidence, digest: 'e'.repeat(64) },
        },
        by,
      ),
    );
    await accept(service.processor.instructions.issue(again, by));
    expect(await superseded(service)).toEqual([]);
  });

  it('of another contract leaves that one alone', async () => {
    const service = await aService();
    const elsewhere = '99999999-9999-4999-8999-999999999999';
    const { contracts, instructions } = service.processor;
    const { startsAt } = { startsAt: { date: '2026-01-01', zone: 'Europe/Warsaw' } };
    await accept(
      contracts.conclude(
        {
          contractId: elsewhere,
          controllerId: ids.controller,
          processorId: ids.processor,
          startsAt,
          terms,
          endOfService: 'delete',
          issuers: [ids.issuer],
        },
        by,
      ),
    );
    await accept(instructions.issue({ ...following, contractId: elsewhere }, by));
    expect(await superseded(service)).toEqual([]);
    expect(await service.processor.decide(sending)).toMatchObject({ decision: 'allow' });
  });
});

describe('an instruction by an unknown issuer', () => {
  it('is on record and never effective', async () => {
    const { processor } = await aService();
    const { supersedes: _supersedes, ...input } = byStranger;
    expect(await processor.instructions.issue(input, by)).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'InstructionIssued', data: { entitlement: 'unknown-issuer' } }],
    });
    expect(await processor.decide({ ...sending, channel: 'sms' })).toMatchObject({
      decision: 'deny',
      explanations: [{ code: 'issuer-not-authorised', article: 'GDPR Art. 29' }, {}],
    });
  });

  it('stays without effect when the issuer is authorised later', async () => {
    const { processor } = await aService();
    const { supersedes: _supersedes, ...input } = byStranger;
    await accept(processor.instructions.issue(input, by));
    await accept(
      processor.contracts.authoriseIssuer(
        {
          contractId: ids.contract,
          issuerId: stranger,
          interval: { from: '2026-01-02T10:00:00.000Z' },
          document: { ...content.evidence, digest: 'f'.repeat(64) },
        },
        by,
      ),
    );
    expect(await processor.decide({ ...sending, channel: 'sms' })).toMatchObject({ decision: 'deny' });
  });
});
