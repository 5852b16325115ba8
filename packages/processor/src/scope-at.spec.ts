import { describe, expect, it } from '@jest/globals';
import { createSurroundings, startProcessor } from './testing/a-processor';
import { accept, aService } from './testing/a-service';
import { by, conclusion, dataSet, ids, instruction, notice, sending } from './testing/a-story';

const zone = 'Europe/Warsaw';

/** The first instant of a day in Warsaw, and the last millisecond before it. */
const days = [
  [
    'the day on which clocks go forward',
    '2026-03-29',
    '2026-03-28T22:59:59.999Z',
    '2026-03-28T23:00:00.000Z',
  ],
  ['the day after it', '2026-03-30', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00.000Z'],
  ['the day on which clocks go back', '2026-10-25', '2026-10-24T21:59:59.999Z', '2026-10-24T22:00:00.000Z'],
  ['the day after that', '2026-10-26', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00.000Z'],
  ['the end of a month of 30 days', '2026-04-30', '2026-04-29T21:59:59.999Z', '2026-04-29T22:00:00.000Z'],
  ['the end of February', '2027-02-28', '2027-02-27T22:59:59.999Z', '2027-02-27T23:00:00.000Z'],
  ['a leap day', '2028-02-29', '2028-02-28T22:59:59.999Z', '2028-02-28T23:00:00.000Z'],
  ['the day after a leap day', '2028-03-01', '2028-02-29T22:59:59.999Z', '2028-02-29T23:00:00.000Z'],
  ['the end of a year', '2026-12-31', '2026-12-30T22:59:59.999Z', '2026-12-30T23:00:00.000Z'],
] as const;

const found = async (processor: ReturnType<typeof startProcessor>, validAt: string) => {
  const result = await processor.scopeAt(ids.contract, { validAt });
  if (result.outcome !== 'found') throw new Error('expected a scope');
  return result.scope;
};

describe('a contract that ends', () => {
  it.each(days)('on %s (%s) ends at its first millisecond in Warsaw', async (_title, date, last, first) => {
    const { processor } = await aService();
    await accept(processor.contracts.giveTerminationNotice({ ...notice, endsAt: { date, zone } }, by));
    expect(await processor.decide(sending, { validAt: last })).toMatchObject({ decision: 'allow' });
    expect(await processor.decide(sending, { validAt: first })).toMatchObject({
      explanations: [{ code: 'contract-ended' }],
    });
    const [before, after] = [await found(processor, last), await found(processor, first)];
    expect(before).toMatchObject({ standing: 'in-force', end: { at: first, known: 'noticed' } });
    expect(before.processing.map(({ interval }) => interval.until)).toEqual([first, first]);
    expect(after).toMatchObject({ standing: 'ended', processing: [] });
    expect(after.custody.map(({ operation }) => operation)).toEqual(['secure', 'return', 'erase']);
  });
});

describe('a contract that starts', () => {
  it.each(days)('on %s (%s) starts at its first millisecond in Warsaw', async (_title, date, last, first) => {
    const surroundings = createSurroundings('2026-01-02T10:00:00.000Z');
    const processor = startProcessor(surroundings, {});
    await accept(processor.contracts.conclude({ ...conclusion, startsAt: { date, zone } }, by));
    surroundings.clock.moveTo(first);
    const evidence = { ...instruction.content.evidence, receivedAt: first };
    const content = { ...instruction.content, evidence, interval: { from: first } };
    await accept(processor.instructions.issue({ ...instruction, content }, by));
    await accept(processor.dataSets.entrust(dataSet, by));
    expect(await found(processor, last)).toMatchObject({
      standing: 'not-started',
      processing: [],
      custody: [],
    });
    const scope = await found(processor, first);
    expect(scope).toMatchObject({ standing: 'in-force', startsAt: first });
    expect(scope.processing.map(({ interval }) => interval)).toEqual([{ from: first }, { from: first }]);
    expect(await processor.decide(sending, { validAt: last })).toMatchObject({ decision: 'deny' });
    expect(await processor.decide(sending, { validAt: first })).toMatchObject({ decision: 'allow' });
  });
});

describe('the scope at an instant', () => {
  it('is plain data with the clause and the evidence behind each cell', async () => {
    const { processor } = await aService();
    const scope = await found(processor, '2026-02-01T00:00:00.000Z');
    expect(JSON.parse(JSON.stringify(scope))).toEqual(scope);
    expect(scope).toMatchObject({
      documentDigest: 'a'.repeat(64),
      processing: [{ clause: '1', version: 1, evidenceDigest: 'b'.repeat(64), country: 'PL' }, {}],
      dataSets: [{ dataSetId: ids.dataSet, isRestricted: false }],
    });
  });

  it('is not found for a contract that nobody concluded, or had not when it was known', async () => {
    const { processor } = await aService();
    const unknown = { outcome: 'not-found', explanations: [{ code: 'contract-unknown' }] };
    expect(await processor.scopeAt(ids.controller)).toMatchObject(unknown);
    const knownAt = '2025-01-01T00:00:00.000Z';
    expect(await processor.scopeAt(ids.contract, { knownAt })).toMatchObject(unknown);
  });

  it('is asked for by an id and by options that are understood', async () => {
    const { processor } = await aService();
    expect(await processor.scopeAt('anna@example.com')).toMatchObject({ outcome: 'invalid' });
    expect(await processor.scopeAt(ids.contract, { at: 'now' } as never)).toMatchObject({
      outcome: 'invalid',
    });
  });

  it('is not shown while the history cannot be read', async () => {
    const { surroundings } = await aService();
    const eventStore = {
      ...surroundings.eventStore,
      readAll: () => Promise.reject(new Error('unreachable')),
    };
    const processor = startProcessor({ ...surroundings, eventStore }, {}, { staleAfterMs: 0 });
    expect(await processor.scopeAt(ids.contract)).toMatchObject({
      outcome: 'not-found',
      explanations: [{ code: 'scope-not-current' }],
    });
  });
});
