import { beforeAll, describe, expect, it } from '@jest/globals';
import { runs } from '@mandate/domain/testing';
import type { ProcessingScope } from '@mandate/read-models';
import { scopeOver } from '@mandate/read-models/testing';
import fc from 'fast-check';
import { inPieces } from '../testing/log-over-history';
import { mailing, mailingHistory } from '../testing/mailing-history';
import { checkSendLog, type SendLogCheckOptions } from './check-send-log';
import type { SendLogSummary } from './summary';

let scope: ProcessingScope;
beforeAll(async () => {
  scope = await scopeOver(mailingHistory);
});

const record: Readonly<Record<string, string>> = {
  at: mailing.during,
  ...{ contractId: mailing.request.contractId, dataSetId: mailing.request.dataSetId },
  ...{ purpose: 'delivery', categories: 'recipient-contact', channel: 'e-mail', country: 'PL' },
};
const needed = Object.keys(record);

const check = (log: string, options: SendLogCheckOptions = {}): Promise<SendLogSummary> =>
  checkSendLog(inPieces(Buffer.from(log), 7), scope, { format: 'csv', ...options });

const logWith = (names: readonly string[], rows = 3): string =>
  [
    names.join(','),
    ...Array.from({ length: rows }, () => names.map((name) => record[name] ?? '').join(',')),
  ].join('\n');

const refusalOf = async (log: string, options: SendLogCheckOptions = {}): Promise<string | undefined> => {
  try {
    await check(log, options);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'send-log-columns' });
    return (error as Error).message;
  }
};

describe('a head of CSV', () => {
  it('is refused exactly when a column is missing, and the refusal names what is missing and how many there are', async () => {
    const heads = fc.shuffledSubarray([...needed, 'recipient', 'anna@example.com'], { minLength: 1 });
    const refused = fc.asyncProperty(heads, async (head) => {
      const missing = needed.filter((name) => !head.includes(name));
      const refusal = await refusalOf(logWith(head));
      if (missing.length === 0) {
        expect(refusal).toBeUndefined();
        return;
      }
      for (const name of needed) expect(refusal?.includes(`(${name})`)).toBe(missing.includes(name));
      expect(refusal).toContain(`found a head of ${head.length} column`);
      expect(refusal).not.toContain('anna');
    });
    await fc.assert(refused, runs(100));
  });

  it('needs no column for what is the same everywhere, and one for every field that was named', async () => {
    const { channel = '', ...rest } = record;
    expect(await check(logWith(Object.keys(rest)), { constants: { channel } })).toMatchObject({
      permitted: 3,
    });
    expect(await refusalOf(logWith(needed), { columns: { channel: 'way' } })).toContain('"way" (channel)');
    expect(await refusalOf(logWith(needed), { columns: { subProcessorId: 'who' } })).toContain('"who"');
    const strayed = { columns: { at: 'anna@example.com' } };
    expect(await refusalOf(logWith(needed), strayed)).toContain('a name of 16 characters (at)');
  });

  it('of operations of custody needs no purpose', async () => {
    const names = ['at', 'contractId', 'dataSetId'];
    expect(await check(logWith(names), { constants: { operation: 'store' } })).toMatchObject({
      permitted: 3,
    });
    expect(await refusalOf(logWith(names))).toContain('(purpose)');
  });

  it('with a column that stands twice is refused: which of them is meant?', async () => {
    expect(await refusalOf(logWith([...needed, 'recipient', 'recipient']))).toBeUndefined();
    expect(await refusalOf(logWith([...needed, 'purpose']))).toMatch(
      /each column once.*"purpose" \(purpose\)/,
    );
  });

  it('that is all of one column asks for the delimiter, and a log without any is refused', async () => {
    const semicolons = logWith(needed).replaceAll(',', ';');
    expect(await refusalOf(semicolons)).toMatch(/a head of 1 column\..*delimiter/);
    expect(await check(semicolons, { delimiter: ';' })).toMatchObject({ permitted: 3 });
    expect(await refusalOf('')).toContain('a head of 0 columns');
  });

  it('may be in Polish, behind a byte order mark and between quotes', async () => {
    const log = `\uFEFF${logWith(needed).replace('at,', '"wysłano",')}`;
    expect(await check(log, { columns: { at: 'wysłano' } })).toMatchObject({ permitted: 3 });
  });

  it('has no nested columns', async () => {
    const nested = check(logWith(needed), { columns: { at: ['meta', 'at'] } });
    await expect(nested).rejects.toMatchObject({ code: 'send-log-option' });
    expect(await check(logWith(needed), { columns: { at: ['at'] } })).toMatchObject({ permitted: 3 });
  });

  it('is asked for at once, not at the end of the log', async () => {
    let bytes = 0;
    const log = Buffer.from(logWith(['at', 'purpose'], 200_000));
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of inPieces(log, 50_000)) {
        bytes += piece.length;
        yield piece;
      }
    };
    await expect(checkSendLog(pieces(), scope, { format: 'csv' })).rejects.toThrow('The head of the log');
    expect(bytes).toBeLessThan(log.length / 2);
  });
});
