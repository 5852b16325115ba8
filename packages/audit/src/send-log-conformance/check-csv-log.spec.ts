import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import type { ProcessingScope } from '@mandate/read-models';
import { scopeOver } from '@mandate/read-models/testing';
import { inPieces } from '../testing/log-over-history';
import { mailing, mailingHistory } from '../testing/mailing-history';
import { checkSendLog } from './check-send-log';
import type { SendLogFinding } from './findings';

let scope: ProcessingScope;
beforeAll(async () => {
  scope = await scopeOver(mailingHistory);
});

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('rows of CSV', () => {
  const names = ['at', 'contractId', 'dataSetId', 'purpose', 'categories', 'channel', 'country', 'recipient'];
  const rowOf = (recipient: string, at: Instant = mailing.during): string => {
    const record: Readonly<Record<string, unknown>> = { at, ...mailing.request, recipient };
    return names
      .map((name) => (name === 'categories' ? 'recipient-contact' : String(record[name])))
      .join(',');
  };

  it('that are broken are named by their lines, and the others are checked', async () => {
    const log = lines(
      names.join(','),
      rowOf('"two\r\nlines"'),
      rowOf('too,many'),
      '',
      rowOf('a "stray" quote'),
      rowOf('late', mailing.afterTheEnd),
      rowOf('last'),
    );
    const findings: SendLogFinding[] = [];
    const summary = await checkSendLog(inPieces(Buffer.from(log), 50), scope, {
      format: 'csv',
      onFinding: (finding) => void findings.push(finding),
    });
    expect(findings.map(({ line, finding }) => [line, finding])).toEqual([
      [4, 'broken'],
      [6, 'broken'],
      [7, 'violation'],
    ]);
    expect(summary).toMatchObject({ permitted: 2, isComplete: true });
  });

  it('are named by their lines in a log that is written in no UTF-8, too', async () => {
    const name = '\xa3\xf3\xb6\xe6';
    const log = lines(
      names.join(','),
      rowOf(name, mailing.afterTheEnd),
      rowOf(`${name},too many`),
      '',
      rowOf(name, mailing.afterTheEnd),
      rowOf(`"${name}\n\n"`, mailing.afterTheEnd),
      rowOf(name, mailing.afterTheEnd),
      rowOf(`a "${name}"`),
      rowOf(name, mailing.afterTheEnd),
    );
    const findings: SendLogFinding[] = [];
    await checkSendLog(inPieces(Buffer.from(log, 'latin1'), 33), scope, {
      format: 'csv',
      onFinding: (finding) => void findings.push(finding),
    });
    expect(findings.map(({ line, finding }) => [line, finding])).toEqual([
      [2, 'violation'],
      [3, 'broken'],
      [5, 'violation'],
      [6, 'violation'],
      [9, 'violation'],
      [10, 'broken'],
      [11, 'violation'],
    ]);
  });

  it('with a quote that is never closed end there, in bounded memory', async () => {
    const rest = Array.from({ length: 40_000 }, () => rowOf('somebody'));
    const log = lines(names.join(','), rowOf('one'), rowOf('"two'), ...rest);
    const pieces = inPieces(Buffer.from(log), 100_000);
    const findings: SendLogFinding[] = [];
    const summary = await checkSendLog(pieces, scope, {
      format: 'csv',
      lineBytesMax: 1000,
      onFinding: (finding) => void findings.push(finding),
    });
    expect(summary).toMatchObject({ isComplete: false });
    expect(summary.bytes).toBeLessThan(log.length / 2);
    expect(findings.at(-1)).toMatchObject({ problem: 'log-cut-off', line: 3 });
  });

  it('that are longer than a row may be are broken, and no others', async () => {
    const log = lines(names.join(','), rowOf('one'), rowOf('x'.repeat(1000)), rowOf('three'));
    const findings: SendLogFinding[] = [];
    const summary = await checkSendLog(inPieces(Buffer.from(log), 50_000), scope, {
      ...{ format: 'csv', lineBytesMax: 1000 },
      onFinding: (finding) => void findings.push(finding),
    });
    expect(findings).toMatchObject([{ line: 3, problem: 'line-too-long' }]);
    expect(summary).toMatchObject({ permitted: 2, isComplete: true });
  });

  it('under a head with a stray quote are no rows: nobody knows the columns', async () => {
    const log = lines(`${names.join(',')} "or so"`, rowOf('one'), rowOf('two'));
    const summary = await checkSendLog(inPieces(Buffer.from(log), 50), scope, { format: 'csv' });
    expect(summary).toMatchObject({ records: 0, isComplete: false, brokenByProblem: { 'log-cut-off': 1 } });
  });
});
