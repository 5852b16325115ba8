import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { checkedLogs, type CheckedLogs } from '../testing/checked-logs';
import { sendAt, sendTimes } from '../testing/send-log';
import { answerTo, story, writtenFile } from '../testing/written-file';

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

describe('the exit code of check-log is the verdict', () => {
  const broken = '{"at": "anna@example.com"}\n';
  const cutOff = gzipSync(sendAt(permitted).repeat(2000)).subarray(0, -9);
  it.each<readonly [string, number, string | Uint8Array]>([
    ['all permitted', 0, sendAt(permitted) + sendAt(permitted)],
    ['no operation at all', 0, ''],
    ['a violation', 1, sendAt(permitted) + sendAt(violation)],
    ['a violation beside everything else', 1, sendAt(laterUnlawful) + broken + sendAt(violation)],
    ['a contract that nobody concluded', 1, sendAt(permitted, { contractId: story.unknown })],
    ['what is unlawful by a later record', 4, sendAt(permitted) + sendAt(laterUnlawful)],
    ['a broken line', 5, sendAt(permitted) + broken],
    ['a broken line that may hide more than what is unlawful later', 5, sendAt(laterUnlawful) + broken],
    ['a log that lacks its end', 5, cutOff],
    ['a log of which no line can be used', 2, broken + broken],
    ['a log that begins like a packed one and is none', 2, Buffer.from([0x1f, 0x8b, 1, 2, 3])],
    ['a log that is a database', 2, Buffer.from(`SQLite format 3\0${'\xff'.repeat(100)}`, 'latin1')],
  ])('%s: %i', async (_what, code, log) => {
    const answer = await check(written(log));
    expect(answer.code).toBe(code);
    expect(answer.output + answer.complaints).not.toContain('anna');
  });

  it('of a log that is the history itself is 2', async () => {
    expect(await check(logs.file, ['--quiet'])).toMatchObject({ code: 2 });
  });
});

it('a contract whose history cannot be read proves no violation: 3, and the event is named', async () => {
  const { file, discard } = await writtenFile(
    (arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!,
    { hasUnreadable: true },
  );
  const answerOn = (log: string) => answerTo(['check-log', written(log), '--file', file]);
  const { code, complaints } = await answerOn(sendAt(permitted));
  expect(code).toBe(3);
  expect(complaints).toMatch(/cannot be judged:\n {2}ContractResumed at \S+:4 in contract-/);
  const beside = sendAt(permitted, { contractId: story.unknown });
  expect((await answerOn(sendAt(permitted) + beside)).code).toBe(1);
  discard();
});
