import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ProcessingRequest } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import { scopeOver } from '@mandate/read-models/testing';
import { inPieces } from '../testing/log-over-history';
import { mailing, mailingHistory } from '../testing/mailing-history';
import { checkSendLog, type SendLogCheckOptions, type SendLogProgress } from './check-send-log';
import type { SendLogFinding } from './findings';
import type { SendLogSummary } from './summary';

const folder = mkdtempSync(join(tmpdir(), 'mandate-audit-'));
let scope: ProcessingScope;
beforeAll(async () => {
  scope = await scopeOver(mailingHistory);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Checked {
  readonly findings: readonly SendLogFinding[];
  readonly summary: SendLogSummary;
}

const check = async (log: string | Uint8Array, options: SendLogCheckOptions = {}): Promise<Checked> => {
  const findings: SendLogFinding[] = [];
  const summary = await checkSendLog(inPieces(Buffer.from(log), 50), scope, {
    ...options,
    onFinding: (finding) => void findings.push(finding),
  });
  return { findings, summary };
};

const send = (more: object = {}): string =>
  JSON.stringify({ recipient: 'anna@example.com', at: mailing.during, ...mailing.request, ...more });

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('a line that cannot be checked', () => {
  const broken: readonly (readonly [string, string, string | Uint8Array])[] = [
    ['no JSON', 'not-json', '{"at": anna@example.com'],
    ['JSON that is no object', 'not-json', '["anna@example.com"]'],
    ['bytes that are no text', 'not-utf-8', Buffer.from([0x22, 0xff, 0x22])],
    ['no time', 'time-unreadable', send({ at: undefined })],
    ['a time without an offset', 'time-unreadable', send({ at: '2026-04-01T10:00:00' })],
    ['a day that no month has', 'time-unreadable', send({ at: '2026-02-30T10:00:00Z' })],
    ['a time that is a number', 'time-unreadable', send({ at: 1_775_037_600_000 })],
    ['a purpose that is none', 'request-unreadable', send({ purpose: 'anna@example.com' })],
    ['no categories', 'request-unreadable', send({ categories: [] })],
    ['an operation that is none', 'request-unreadable', send({ operation: 'anna@example.com' })],
    ['a contract that is no id', 'request-unreadable', send({ contractId: { anna: 'anna@example.com' } })],
    ['too many bytes', 'line-too-long', send({ text: 'x'.repeat(3000) })],
  ];

  it.each(broken)('%s: is counted, named, and stops nothing', async (_what, problem, line) => {
    const log = Buffer.concat([send(), '\n', line, '\n', send()].map((part) => Buffer.from(part)));
    const { findings, summary } = await check(log, { lineBytesMax: 2000 });
    expect(findings).toMatchObject([{ finding: 'broken', file: 'send-log', line: 2, problem }]);
    expect(summary).toMatchObject({ records: 3, permitted: 2, broken: 1, isComplete: true });
    expect(summary.brokenByProblem).toEqual({ [problem]: 1 });
  });

  it.each(broken)('%s: is described by its shape, never by its value', async (_what, _problem, line) => {
    const { findings } = await check(line, { lineBytesMax: 2000 });
    expect(findings).toMatchObject([{ sentence: expect.stringMatching(/expected .* found /) }]);
    expect(JSON.stringify(findings)).not.toContain('anna');
  });

  it('is no empty line, and no byte order mark', async () => {
    const { findings, summary } = await check(`\uFEFF${send()}\r\n\r\n  \n${send({ purpose: '' })}`);
    expect(findings).toMatchObject([{ finding: 'broken', line: 4 }]);
    expect(summary).toMatchObject({ records: 2, permitted: 1 });
  });
});

describe('an operation that was outside', () => {
  it('is named with its line, its reasons and the events that prove it, and without the person', async () => {
    const { findings } = await check(lines(send(), send({ at: mailing.afterTheEnd })), { name: 'april' });
    expect(findings).toMatchObject([
      {
        finding: 'violation',
        file: 'april',
        line: 2,
        at: mailing.afterTheEnd,
        request: { contractId: mailing.request.contractId },
        isPermittedByWhatIsKnownNow: false,
      },
    ]);
    const [violation] = findings as readonly Extract<SendLogFinding, { finding: 'violation' }>[];
    expect(violation?.reasons).toContainEqual({
      code: 'contract-ended',
      sentence: expect.stringContaining('ended at'),
      article: 'GDPR Art. 28(3)(g)',
    });
    expect(violation?.events).toContainEqual({
      type: 'ContractTerminated',
      stream: `contract-${mailing.request.contractId}`,
      position: expect.stringMatching(/:\d+$/),
      recordedAt: expect.any(String),
    });
    expect(JSON.stringify(findings)).not.toContain('anna');
  });

  it('of a contract that nobody concluded is a violation', async () => {
    const { findings } = await check(send({ contractId: 'c0000000-0000-4000-8000-000000000077' }));
    expect(findings).toMatchObject([{ finding: 'violation', reasons: [{ code: 'contract-unknown' }] }]);
  });

  it('by a withdrawal that was recorded late is no violation of then', async () => {
    const { findings, summary } = await check(send({ at: mailing.withdrawnLater }));
    expect(findings).toMatchObject([
      {
        finding: 'later-unlawful',
        reasons: [{ code: 'instruction-withdrawn', article: 'GDPR Art. 28(3)(a)' }],
        laterEvents: [{ type: 'InstructionWithdrawn' }],
      },
    ]);
    expect(summary).toMatchObject({ violations: 0, laterUnlawful: 1, permitted: 0 });
  });

  it('and that an instruction recorded afterwards would cover stays a violation', async () => {
    const { findings } = await check(send({ at: mailing.beforeItWasKnown }));
    expect(findings).toMatchObject([{ finding: 'violation', isPermittedByWhatIsKnownNow: true }]);
  });
});

describe('a log', () => {
  it('that lacks its end is reported as incomplete, whatever was cut', async () => {
    const packed = gzipSync(lines(...Array.from({ length: 2000 }, (_, number) => send({ number }))));
    for (const cut of [packed.subarray(0, -1), packed.subarray(0, -9), packed.subarray(0, 40)]) {
      const { findings, summary } = await check(cut);
      expect(findings.at(-1)).toMatchObject({ finding: 'broken', problem: 'log-cut-off' });
      expect(summary.isComplete).toBe(false);
      expect(summary.records).toBeLessThanOrEqual(2000);
    }
    expect((await check(packed)).summary).toMatchObject({ isComplete: true, permitted: 2000 });
  });

  it('with something behind its packed end is incomplete as well', async () => {
    const { summary } = await check(Buffer.concat([gzipSync(lines(send())), Buffer.from(lines(send()))]));
    expect(summary).toMatchObject({ isComplete: false, brokenByProblem: { 'log-cut-off': 1 } });
  });

  it('of several packed parts is read to its end', async () => {
    const { summary } = await check(Buffer.concat([gzipSync(lines(send())), gzipSync(lines(send()))]));
    expect(summary).toMatchObject({ isComplete: true, permitted: 2 });
  });

  it('has columns of its own names, nested ones, and what is the same everywhere', async () => {
    const { purpose, country, ...request } = mailing.request;
    const record = { ...request, meta: { sentAt: mailing.during }, why: purpose, channel: ['not this one'] };
    const { summary } = await check(JSON.stringify(record), {
      columns: { at: ['meta', 'sentAt'], purpose: 'why' },
      constants: { country, channel: 'e-mail' },
    });
    expect(summary).toMatchObject({ permitted: 1, broken: 0 });
  });

  it('may be written in another zone', async () => {
    const { summary } = await check(
      send({ at: mailing.during.replace('T10:00:00.000Z', 't12:00:00.5+02:00') }),
    );
    expect(summary).toMatchObject({ permitted: 1 });
  });

  it('as a file shows progress, and names itself by the file alone', async () => {
    const file = join(folder, 'sends.csv.gz');
    const { at, ...request } = JSON.parse(send()) as Record<string, unknown>;
    const names = Object.keys(request);
    const row = (time: string): string => [time, ...names.map((name) => String(request[name]))].join(',');
    writeFileSync(
      file,
      gzipSync(`${['at', ...names].join(',')}\n${row(String(at))}\n${row(mailing.afterTheEnd)}\n`),
    );
    const [findings, progress]: [SendLogFinding[], SendLogProgress[]] = [[], []];
    await checkSendLog(file, scope, {
      onFinding: async (finding) => void findings.push(await Promise.resolve(finding)),
      onProgress: (step) => void progress.push(step),
    });
    expect(findings).toMatchObject([{ finding: 'violation', file: 'sends.csv.gz', line: 3 }]);
    const last = progress.at(-1);
    expect(last).toEqual({ bytes: last?.bytesTotal, bytesTotal: expect.any(Number), records: 2 });
  });

  it('stops when it is told to', async () => {
    const stopping = new AbortController();
    const log = inPieces(Buffer.from(lines(...Array.from({ length: 100 }, () => send()))), 1000);
    const onProgress = ({ records }: SendLogProgress): void => {
      if (records > 20) stopping.abort(new Error('enough'));
    };
    await expect(checkSendLog(log, scope, { onProgress, signal: stopping.signal })).rejects.toThrow('enough');
  });

  it('that is not there, or a mapping of what is no field, is an error that says what to do', async () => {
    await expect(checkSendLog(join(folder, 'none.jsonl'), scope)).rejects.toMatchObject({
      code: 'send-log-unreadable',
      message: expect.stringContaining('Check the path'),
    });
    const columns = { when: 'anna' } as SendLogCheckOptions['columns'] & object;
    await expect(check('', { columns })).rejects.toMatchObject({ code: 'send-log-option' });
  });
});

const custody: ProcessingRequest['operation'] = 'store';

it('an operation of custody is judged by its contract and data set', async () => {
  const { summary } = await check(send({ operation: custody, purpose: undefined }));
  expect(summary).toMatchObject({ permitted: 1 });
});
