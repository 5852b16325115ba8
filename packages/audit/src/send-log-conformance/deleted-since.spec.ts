import { expect, it } from '@jest/globals';
import { scopeOver } from '@mandate/read-models/testing';
import { inPieces, jsonLinesOf } from '../testing/log-over-history';
import { deletedHistory, mailing } from '../testing/mailing-history';
import { checkSendLog } from './check-send-log';
import type { SendLogFinding } from './findings';

it('a deletion speaks against what was done after it, and against nothing that was done before', async () => {
  const times = ['beforeItWasKnown', 'during', 'withdrawnLater', 'afterTheDeletion'] as const;
  const log = jsonLinesOf(times.map((time) => ({ request: mailing.request, at: mailing[time] })));
  const findings: SendLogFinding[] = [];
  const summary = await checkSendLog(inPieces(Buffer.from(log), 500), await scopeOver(deletedHistory), {
    onFinding: (finding) => void findings.push(finding),
  });
  expect(summary).toMatchObject({ permitted: 1, violations: 2, laterUnlawful: 1 });
  expect(findings).toMatchObject([
    { finding: 'violation', line: 1, isPermittedByWhatIsKnownNow: true },
    { reasons: [{ code: 'instruction-withdrawn' }], laterEvents: [{ type: 'InstructionWithdrawn' }] },
    { finding: 'violation', line: 4, isPermittedByWhatIsKnownNow: false },
  ]);
  const [, late, after] = findings.map((found) => ('events' in found ? found.events : []));
  const ofDeletion = ['DeletionOrdered', 'DataSetDeleted', 'ContractClosed'];
  expect(late?.filter(({ type }) => ofDeletion.includes(type))).toEqual([]);
  expect(after?.map(({ type }) => type)).toEqual(expect.arrayContaining(ofDeletion));
});
