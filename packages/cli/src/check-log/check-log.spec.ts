import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkedLogs, type CheckedLogs } from '../testing/checked-logs';
import { sendAt, sendTimes } from '../testing/send-log';
import { story } from '../testing/written-file';

let logs: CheckedLogs;
beforeAll(async () => {
  logs = await checkedLogs((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!);
});
afterAll(() => {
  logs.discard();
});

const written: CheckedLogs['written'] = (...given) => logs.written(...given);
const check: CheckedLogs['check'] = (...given) => logs.check(...given);
const { permitted, laterUnlawful, violation } = sendTimes;

describe('a finding', () => {
  it('says where, why with the article, and by which events', async () => {
    const { output } = await check(written(sendAt(permitted) + sendAt(violation)));
    expect(output).toMatch(
      /sends-\d+\.jsonl, line 2: violation, at 2026-07-10T10:00:00\.000Z\n {2}- The contract ended/,
    );
    expect(output).toMatch(/\(GDPR Art\. 28\(3\)\(g\)\)\n {2}By these events:\n/);
    expect(output).toMatch(/ {4}2026-07-01T00:00:00\.000Z ContractTerminated contract-\S+ \S+:4\n/);
    expect(output).toMatch(/violations +│ +1 │/);
  });

  it('that came later names the event with which it came to lie outside', async () => {
    const { output } = await check(written(sendAt(laterUnlawful)));
    expect(output).toMatch(/unlawful by what was recorded later/);
    expect(output).toMatch(/It came to lie outside with:\n {4}\S+ ContractTerminated/);
  });

  it('is told in Polish to whoever asks for it', async () => {
    const log = written(`${sendAt(violation)}x\n`);
    const { output } = await check(log, ['--language', 'pl']);
    expect(output).toMatch(/wiersz 1: naruszenie, w chwili \S+\n {2}- Umowa/);
    expect(output).toMatch(/Na podstawie zdarzeń:\n/);
    expect(output).toMatch(/wiersz 2: nie można sprawdzić \(not-json\)/);
  });

  it('stands apart from a summary for programs', async () => {
    const log = written(sendAt(violation));
    const json = await check(log, ['--json']);
    expect(JSON.parse(json.output)).toMatchObject({ violations: 1, isComplete: true });
    expect(json.complaints).toMatch(/line 1: violation/);
    const csv = await check(log, ['--csv']);
    expect(csv.output).toMatch(/^section,name,count\r\n/);
    expect(csv.complaints).toMatch(/line 1: violation/);
    expect(await check(log, ['--csv', '--quiet'])).toMatchObject({ code: 1, complaints: '' });
  });

  it('is one line of JSON in a file that was not there before', async () => {
    const log = written(`${sendAt(violation)}x\n${sendAt(laterUnlawful)}`);
    const findings = join(logs.folder, 'findings.jsonl');
    expect(await check(log, ['--findings', findings])).toMatchObject({ code: 1, complaints: '' });
    const kept = readFileSync(findings, 'utf8');
    expect(
      kept
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { finding: 'violation', line: 1, reasons: [{ code: 'contract-ended' }], events: expect.any(Array) },
      { finding: 'broken', line: 2 },
      { finding: 'later-unlawful', line: 3 },
    ]);
    const again = await check(log, ['--findings', findings]);
    expect(again).toMatchObject({ code: 2, output: '' });
    expect(again.complaints).toMatch(/--findings: expected a name that is free/);
    expect(readFileSync(findings, 'utf8')).toBe(kept);
    writeFileSync(join(logs.folder, 'begun.part'), 'of another check');
    const begun = await check(log, ['--findings', join(logs.folder, 'begun')]);
    expect(begun.complaints).toMatch(/found a file of a check that did not end \(\.part\)/);
    const nowhere = await check(log, ['--findings', join(logs.folder, 'no-such-folder', 'anna')]);
    expect(nowhere).toMatchObject({ code: 2, output: '' });
    expect(nowhere.complaints).toMatch(/\(ENOENT\)/);
  });

  it('leaves no file when the check cannot begin', async () => {
    const findings = join(logs.folder, 'none.jsonl');
    const log = written('at,contractId\n', '.csv');
    expect(await check(log, ['--findings', findings])).toMatchObject({ code: 2 });
    expect([findings, `${findings}.part`].map((name) => existsSync(name))).toEqual([false, false]);
  });
});

describe('a log', () => {
  const { contractId, dataSetId } = story;

  it('may be CSV with other columns, delimiters and constants', async () => {
    const rows = ['sent.at;kind', `${permitted};recipient`, `${violation};recipient`].join('\n');
    const constants = [`contractId=${contractId}`, `dataSetId=${dataSetId}`, 'operation=store'];
    const options = ['--format', 'csv', '--delimiter', ';', '--column', 'at=sent.at', '--json'].concat(
      constants.flatMap((constant) => ['--constant', constant]),
    );
    const { code, output } = await check(written(rows), options);
    expect(JSON.parse(output)).toMatchObject({ records: 2, permitted: 1, violations: 1 });
    expect(code).toBe(1);
    const tabs = await check(written(rows.replaceAll(';', '\t')), [...options, '--delimiter', 'tab']);
    expect(tabs.code).toBe(1);
  });

  it('of CSV that lacks a column is refused at once', async () => {
    const log = written(`at,contractId\n${'x,y\n'.repeat(10)}`, '.csv');
    const { code, output, complaints } = await check(log, [
      '--column',
      'dataSetId=set',
      '--constant',
      'operation=store',
    ]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(/"set" \(dataSetId\); found a head of 2 columns\./);
    expect(complaints.split('\n')).toHaveLength(2);
  });

  it('may nest its columns, mapped by options and by a file, of which the options come first', async () => {
    const record = {
      meta: { 'sent.at': permitted, wrong: violation },
      operation: 'store',
      ids: [contractId, dataSetId],
    };
    const mapping = written(
      '{"at": "meta.wrong", "contractId": ["ids", "0"], "dataSetId": "$.ids[1]"}',
      '.json',
    );
    const log = written(`${JSON.stringify(record)}\n`);
    expect((await check(log, ['--columns', mapping])).code).toBe(1);
    const options = ['--columns', mapping, '--column', "at=$.meta['sent.at']"];
    expect((await check(log, options)).code).toBe(0);
  });

  it('with a name that moves a terminal is named without that', async () => {
    const { output } = await check(written('x\n', '\u001B[2J.jsonl'));
    expect(output).not.toContain('\u001B[2J');
    expect(output).toContain('\uFFFD[2J.jsonl, line 1');
  });

  it('may have lines as long as one says', async () => {
    const log = written(sendAt(permitted));
    expect((await check(log, ['--line-bytes-max', '50'])).output).toContain('(line-too-long)');
    expect((await check(log, ['--line-bytes-max', '5000'])).code).toBe(0);
  });

  it('shows how far it is to whoever watches, and makes room for findings', async () => {
    const [totals, steps]: [unknown[], string[]] = [[], []];
    const log = written(sendAt(permitted) + sendAt(violation));
    await check(log, [], {
      showProgress: (total) => {
        totals.push(total);
        return {
          reach: (done, words) => void steps.push(`${done} ${words}`),
          hide: () => void steps.push('hide'),
          end: () => void steps.push('end'),
        };
      },
    });
    const bytes = readFileSync(log).length;
    expect(totals).toEqual([bytes]);
    expect(steps).toContain(`${bytes} 2 records, 0 findings`);
    expect(steps).toContain('hide');
    expect(steps.at(-1)).toBe('end');
  });
});

describe('an interruption of check-log', () => {
  it('says how far it came, and gives no summary', async () => {
    const log = written(sendAt(violation).repeat(5000));
    const stopping = new AbortController();
    const { code, output, complaints } = await check(log, [], {
      signal: stopping.signal,
      showProgress: () => ({
        reach: () => {
          stopping.abort();
        },
        hide: () => undefined,
        end: () => undefined,
      }),
    });
    expect(code).toBe(130);
    expect(output).toContain('line 1: violation');
    expect(output).not.toContain('records');
    expect(complaints).toMatch(
      /^mandate: interrupted: [\d,]+ records read, \d+ % of the log, [\d,]+ findings so far\./,
    );
  });
});
