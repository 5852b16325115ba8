import { describe, expect, it } from '@jest/globals';
import { nth } from '@mandate/domain/testing';
import { SendLogTally } from './summary';
import { summaryAsCsv, summaryAsJson, summaryAsTable } from './summary-texts';

const ended = { code: 'contract-ended', sentence: 'It ended.', article: 'GDPR Art. 28(3)(g)' } as const;
const own = {
  code: 'purpose-of-the-processor',
  sentence: 'It is our own.',
  article: 'GDPR Art. 29',
} as const;

const tally = (contractsMax = 2): SendLogTally => {
  const counted = new SendLogTally(contractsMax);
  for (const number of [1, 2, 3, 4, 1])
    counted.countOperation(nth.contractId(number), { finding: 'permitted' });
  counted.countOperation(nth.contractId(2), { finding: 'violation', reasons: [ended, own, ended] });
  counted.countOperation(nth.contractId(3), { finding: 'later-unlawful', reasons: [ended] });
  counted.countBroken('not-json');
  return counted;
};

describe('a summary', () => {
  it('counts every record once, and every reason once for each operation', () => {
    expect(tally().summary('sends', 10)).toMatchObject({
      ...{ records: 8, permitted: 5, violations: 1, laterUnlawful: 1, broken: 1, isComplete: true },
      violationsByReason: { 'contract-ended': 1, 'purpose-of-the-processor': 1 },
      laterUnlawfulByReason: { 'contract-ended': 1 },
      brokenByProblem: { 'not-json': 1 },
    });
  });

  it('counts so many contracts one by one, and the others together', () => {
    const { byContract, otherContracts } = tally().summary('sends', 10);
    expect([...byContract]).toEqual([
      [nth.contractId(1), { permitted: 2, violations: 0, laterUnlawful: 0 }],
      [nth.contractId(2), { permitted: 1, violations: 1, laterUnlawful: 0 }],
    ]);
    expect(otherContracts).toEqual({ permitted: 2, violations: 0, laterUnlawful: 1 });
  });

  it('of a log that was cut off says so, and does not count what was not read', () => {
    const cut = tally();
    cut.countBroken('log-cut-off');
    const summary = cut.summary('sends', 10);
    expect(summary).toMatchObject({ records: 8, broken: 1, isComplete: false });
    expect(summaryAsTable(summary)).toContain('could not be read to its end');
    expect(summaryAsCsv(summary)).toContain('complete,false,1\r\n');
  });

  it('is a table, an object of JSON, and rows of CSV', () => {
    const summary = tally().summary('sends', 10);
    expect(summaryAsTable(summary)).toMatch(/broken +│ not-json +│ +1 │/);
    expect(JSON.parse(summaryAsJson(summary))).toMatchObject({
      byContract: { [nth.contractId(1)]: { permitted: 2 } },
    });
    const rows = summaryAsCsv(summary).split('\r\n');
    expect(rows.slice(0, 2)).toEqual(['section,name,count', 'records,records,8']);
    expect(rows).toContain(`contract,${nth.contractId(2)} violations,1`);
    expect(rows.every((row) => row === '' || row.split(',').length === 3)).toBe(true);
  });
});
