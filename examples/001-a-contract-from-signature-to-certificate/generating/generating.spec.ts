import { afterAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInput } from '../reading/input';
import { fromTheBeginning } from '../reading/lines-of';
import { readRecipients } from '../reading/recipients-file';
import { readSendLog } from '../reading/send-log';
import { writeInputFiles } from './input-files';
import { madeUpPerson } from './made-up-people';
import { plannedLog } from './planned-log';
import { malformedLines } from './recipients-csv';
import * as story from './story';

const folder = mkdtempSync(join(tmpdir(), 'mandate-generating-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scale = { recipients: 300, sends: 700 };
const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('the made-up input', () => {
  it('is the same every time', async () => {
    const digests: string[] = [];
    for (const name of ['one', 'two']) {
      await writeInputFiles(join(folder, name), scale);
      digests.push(
        ...['recipients.csv', 'sends.jsonl'].map((file) => `${file} ${digestOf(join(folder, name, file))}`),
      );
    }
    expect(new Set(digests).size).toBe(2);
  });

  it('has as many recipients as asked for, and as many malformed lines as it says', async () => {
    const counts = { recipient: 0, rejected: 0 };
    for await (const { kind } of readRecipients(join(folder, 'one/recipients.csv'), 'recipients.csv')) {
      counts[kind] += 1;
    }
    expect(counts).toEqual({ recipient: scale.recipients, rejected: malformedLines });
  });

  it('has as many sends as asked for, in the order of time', async () => {
    let lines = 0;
    let earlier = '';
    for await (const line of readSendLog(join(folder, 'one/sends.jsonl'), fromTheBeginning)) {
      lines += 1;
      if (line.kind === 'unreadable') continue;
      expect(line.at >= earlier).toBe(true);
      earlier = line.at;
    }
    expect(lines).toBe(scale.sends);
  });

  it('is planned with every line accounted for', () => {
    for (const lines of [500, 1_234, 100_000]) {
      const { sends, unreadable, expected } = plannedLog(lines);
      const planned = [...sends, ...unreadable].map(({ count }) => count);
      expect(planned.reduce((sum, count) => sum + count, 0)).toBe(lines);
      expect(Math.min(...planned)).toBeGreaterThan(0);
      expect(expected.allowed + expected.denied).toBe(lines);
      expect(expected.allowed / lines).toBeGreaterThan(0.85);
    }
  });

  it('is about people with addresses and numbers of their own', () => {
    const people = Array.from({ length: 3_000 }, (_none, index) => madeUpPerson(story.storySeed, index));
    expect(new Set(people.map(({ eMail }) => eMail)).size).toBe(people.length);
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length);
    expect(people.every(({ phone }) => /^\+480\d{8}$/.test(phone))).toBe(true);
    expect(people.every(({ eMail }) => /^[a-z.0-9-]+@example\.com$/.test(eMail))).toBe(true);
  });

  it('tells the story that the input files tell', async () => {
    const { commands, lists } = await readInput(join(__dirname, '../input'));
    const texts = commands.map(({ data }) => JSON.stringify(data));
    expect(lists.map(({ dataSetId }) => dataSetId)).toEqual([story.dataSetId, story.otherDataSetId]);
    expect(lists[0]?.contractId).toBe(story.contractId);
    const effectiveAt = [story.germanyBegins, story.contestBegins, story.contestEnds]
      .concat(story.suspensionBegins, story.suspensionEnds, story.withdrawalTakesEffect)
      .concat(story.campaignEnds, story.appointmentsId);
    for (const fact of effectiveAt) expect(texts.some((text) => text.includes(fact))).toBe(true);
    expect(commands.find(({ type }) => type === 'WithdrawInstruction')?.at).toBe(story.withdrawalIsKnown);
  });
});
