import { join } from 'node:path';
import { checkSendLog, type SendLogSummary } from '@mandate/audit';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, type Work } from '../comparing/work';
import { scopeOver } from '../decisions/scope-over';
import { parseLog } from '../send-log/parse-log';
import { contractsOfLog, violationsIn, writeSampleLog } from '../send-log/sample-log';

export const checkLog: Work = {
  name: 'check-log-1m',
  about: 'A long log of sends is checked line by line; the limit is to split it into lines and JSON.parse.',
  prepare: async ({ events: lines, folder, timer, progress }) => {
    const file = join(folder, 'sends.jsonl');
    await writeSampleLog(file, lines, progress('writing a log of sends', lines));
    const events = contractsOfLog * 7;
    const scope = await scopeOver(contractsOfLog, progress('recording contracts', events));
    let [summary, parsed, found]: [SendLogSummary | undefined, number, number] = [undefined, 0, 0];
    return {
      comparisons: [
        {
          work: 'check-log-1m',
          unit: 'lines/s',
          target: { atLeast: 0.6 },
          ours: ratePerSecond(timer, lines, async () => {
            found = 0;
            summary = await checkSendLog(file, scope, { onFinding: () => void (found += 1) });
          }),
          limit: ratePerSecond(timer, lines, async () => {
            parsed = await parseLog(file);
          }),
        },
      ],
      check: () => {
        requireCount('Lines that were parsed', lines, parsed);
        requireCount('Lines that were checked', lines, summary?.records ?? 0);
        requireCount('Violations in the summary', violationsIn(lines), summary?.violations ?? 0);
        requireCount('Findings', violationsIn(lines), found);
      },
      close: () => Promise.resolve(),
    };
  },
};
