// The code of README.md, run: what stands between the marks stands there, too.
import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeWith } from '@mandate/read-models/testing';
import { mailing, mailingHistory } from './testing/mailing-history';
// #region quick-start
import { checkSendLog, summaryAsTable } from '@mandate/audit';
import type { EventStore } from '@mandate/event-sourcing';
import { createProcessingScope } from '@mandate/read-models';

const check = async (store: EventStore, file: string) => {
  const scope = createProcessingScope(store);
  await scope.catchUp(); // and not again until the check is done
  const outside: string[] = [];
  const summary = await checkSendLog(file, scope, {
    columns: { at: 'sent_at' }, // a field that is not named stands in the column with its own name
    constants: { country: 'PL' },
    onFinding: (found) => {
      if (found.finding !== 'violation') return;
      const why = found.reasons.map(({ sentence, article }) => `${sentence} (${article})`);
      outside.push(`${found.file}, line ${found.line}: ${why.join(' ')}`);
    },
  });
  return { outside, isConform: summary.isComplete && summary.permitted === summary.records, summary };
};
// #endregion

const folder = mkdtempSync(join(tmpdir(), 'mandate-audit-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const [, region] = /^\/\/ #region quick-start\n([\s\S]*?)^\/\/ #endregion/m.exec(source ?? '') ?? [];
    expect(page).toContain(region?.trim());
  });

  it('names what was outside', async () => {
    const file = join(folder, 'sends.jsonl');
    const lineAt = (instant: string): string =>
      `${JSON.stringify({ sent_at: instant, ...mailing.request })}\n`;
    const { store } = await storeWith(mailingHistory);
    writeFileSync(file, lineAt(mailing.during));
    expect(await check(store, file)).toMatchObject({ outside: [], isConform: true });
    writeFileSync(file, lineAt(mailing.during) + lineAt(mailing.afterTheEnd));
    const { outside, isConform, summary } = await check(store, file);
    expect(outside).toEqual([
      expect.stringMatching(/^sends\.jsonl, line 2: The contract ended at .* \(GDPR Art\. 28\(3\)\(g\)\)/),
    ]);
    expect(isConform).toBe(false);
    expect(summaryAsTable(summary)).toMatch(/violation +│ contract-ended +│ +1 │/);
  });
});
