import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SendLogFinding } from '@mandate/audit';
import { runExample, type ExampleRun } from './example';
import { sendLog, type PlannedLine } from './send-log';

const folder = mkdtempSync(join(tmpdir(), 'mandate-example-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (lines?: readonly PlannedLine[]): Promise<ExampleRun & { readonly output: string }> => {
  const said: string[] = [];
  const example = { folder: mkdtempSync(join(folder, 'run-')), say: (line: string) => void said.push(line) };
  const result = await runExample({ ...example, ...(lines === undefined ? {} : { lines }) });
  return { ...result, output: said.join('\n') };
};

const lines = sendLog(1);
let story: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  story = await run();
});

/** What was found on the lines of a kind, in their order; undefined for a line that was fine. */
const foundOf = (kindName: string): readonly (SendLogFinding | undefined)[] =>
  lines.flatMap(({ kind }, index) => (kind.name === kindName ? [story.checked.byLine.get(index + 1)] : []));

const articlesOf = (found: SendLogFinding | undefined): readonly string[] =>
  found !== undefined && 'reasons' in found ? [...new Set(found.reasons.map(({ article }) => article))] : [];

describe('the check of the log', () => {
  it('finds what was planted and nothing else', () => {
    const { summary } = story.checked;
    expect(summary).toMatchObject({
      ...{ isComplete: true, records: 2500 },
      ...{ permitted: 2110, violations: 352, laterUnlawful: 30, broken: 8 },
    });
    expect(summary.violationsByReason).toEqual({
      'purpose-of-the-processor': 155,
      'not-instructed': 60,
      'instruction-withdrawn': 45,
      'data-set-unknown': 28,
      'contract-ended': 114,
      'contract-closed': 89,
      'data-set-deleted': 64,
      'data-set-being-deleted': 50,
    });
    expect(summary.laterUnlawfulByReason).toEqual({ 'instruction-withdrawn': 30 });
    expect(summary.brokenByProblem).toEqual({ 'not-json': 2, 'time-unreadable': 2, 'request-unreadable': 4 });
    expect(story.exitCode).toBe(0);
  });

  const instructed = 'GDPR Art. 28(3)(a)';
  const notInstructed = 'GDPR Art. 28(3)(a), 29';
  const ownPurpose = 'GDPR Art. 28(10), 29';
  const ended = 'GDPR Art. 28(3)(g)';
  const notEntrusted = 'GDPR Art. 28(3), 32';
  it.each([
    ['to improve its own service', 110, [ownPurpose]],
    ['to train a model', 20, [ownPurpose]],
    ['by a channel that nobody instructed', 40, [notInstructed]],
    ['for a purpose that nobody instructed', 20, [notInstructed]],
    ['reminders after the withdrawal was known', 45, [instructed]],
    ['a copy into another environment', 3, [notEntrusted]],
    ['to improve its own service, with the copy, after the end', 25, [ended, ownPurpose, notEntrusted]],
    ['in the night in which the contract ended', 25, [ended]],
    ['after everything was certified as erased', 50, [ended]],
    ['kept after the end', 14, [ended]],
  ])('calls every line %s a violation, with its articles and the events', (name, count, articles) => {
    const found = foundOf(name);
    expect(found).toHaveLength(count);
    for (const violation of found) {
      expect(violation?.finding).toBe('violation');
      expect(articlesOf(violation)).toEqual(articles);
      const { at, events } = violation as Extract<SendLogFinding, { finding: 'violation' }>;
      expect(events.map(({ type }) => type)).toContain('ContractConcluded');
      expect(events.filter(({ recordedAt }) => recordedAt > at)).toEqual([]);
    }
  });

  it('calls a send under an instruction whose withdrawal came to be known later no violation', () => {
    const found = foundOf('reminders, withdrawn but not known to be');
    expect(found).toHaveLength(30);
    for (const later of found) {
      expect(later).toMatchObject({
        finding: 'later-unlawful',
        laterEvents: [{ type: 'InstructionWithdrawn', recordedAt: '2025-09-12T09:00:00.000Z' }],
      });
      expect(articlesOf(later)).toEqual([instructed]);
    }
  });

  it.each([
    ['newsletter', 1680],
    ['statistics for the controller', 300],
    ['reminders', 100],
    ['nightly storage', 30],
  ])('has nothing against the %s', (name, count) => {
    const found = foundOf(name);
    expect(found).toHaveLength(count);
    expect(found.filter((finding) => finding !== undefined)).toEqual([]);
  });

  it('names a purpose that cannot be expressed as a line that it could not read', () => {
    expect(foundOf('a purpose that cannot be expressed')).toMatchObject(
      Array.from({ length: 3 }, () => ({ finding: 'broken', problem: 'request-unreadable' })),
    );
  });
});

describe('the output', () => {
  it('shows one line of each kind with its sentence, its article and the events that prove it', () => {
    const [line] = lines.flatMap(({ kind }, index) =>
      kind.name === 'to improve its own service' ? [index + 1] : [],
    );
    expect(story.output).toContain(
      `to improve its own service: 110 × violation, first in sends.jsonl, line ${line}, `,
    );
    expect(story.output).toContain(
      'own-product-improvement is a purpose of the processor itself, which no instruction can grant. (GDPR Art. 28(10), 29)',
    );
    expect(story.output).toMatch(
      /proven by ContractConcluded \(position 1\), DataSetEntrusted \(position 4\)/,
    );
    expect(story.output).toContain(
      'InstructionWithdrawn was recorded at 2025-09-12T09:00:00.000Z, after the send',
    );
  });

  it('stands in the README as it is', () => {
    const shown = story.output.split('\n\n').find((part) => part.startsWith('to improve its own service: '));
    const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
    expect(readme).toContain(shown);
    for (const count of ['2,110', '130', '60', '45', '30', '3', '114', '8']) {
      expect(readme).toMatch(new RegExp(`\\| +${count} \\|`));
    }
  });

  it('ends with 0 for another log with the same planted sends', async () => {
    const other = sendLog(2);
    expect(other.map(({ text }) => text)).not.toEqual(lines.map(({ text }) => text));
    expect((await run(other)).exitCode).toBe(0);
  });

  const textOf = (name: string): string => lines.find(({ kind }) => kind.name === name)?.text ?? '';
  it.each([
    ['a planted send is not found', 'to train a model', 'newsletter'],
    ['something else is found', 'newsletter', 'by a channel that nobody instructed'],
    ['a broken line is taken for a send', 'a day that no month has', 'newsletter'],
  ])('ends with 1 when %s', async (_what, planted, written) => {
    const at = lines.findIndex(({ kind }) => kind.name === planted);
    const changed = lines.with(at, { ...(lines[at] as PlannedLine), text: textOf(written) });
    const { exitCode, output } = await run(changed);
    expect(exitCode).toBe(1);
    expect(output).toContain(`Not as planted:\nline ${at + 1}: expected `);
  });
});
