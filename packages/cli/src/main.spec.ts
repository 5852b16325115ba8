// The command as a process: what a terminal, a pipe and a disk do to it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import {
  bundleCommand,
  runProcess,
  type CommandProcess,
  type CommandResult,
} from './testing/bundled-command';
import { sendAt, sendTimes } from './testing/send-log';
import { writtenFile } from './testing/written-file';

const folder = mkdtempSync(join(tmpdir(), 'mandate-cli-process-'));
const program = join(folder, 'mandate.cjs');
const log = join(folder, 'sends.jsonl');
const recipientsAdded = 6000;
const violations = 10_000;
let file: string;
let discard: () => void;

beforeAll(async () => {
  await bundleCommand(build, program);
  ({ file, discard } = await writtenFile((arbitrary) => fc.sample(arbitrary, { numRuns: 1, seed: 1 })[0]!, {
    hasEnd: true,
    recipientsAdded,
  }));
  writeFileSync(log, sendAt(sendTimes.violation).repeat(violations));
}, 60_000);
afterAll(() => {
  discard();
  rmSync(folder, { recursive: true });
});

const run = (
  args: readonly string[],
  given: Omit<CommandProcess, 'program' | 'args'> = {},
): Promise<CommandResult> => runProcess({ program, args: [...args, '--file', file], ...given });

let names = 0;
const newFindings = (): string => {
  names += 1;
  return join(folder, `findings-${names}.jsonl`);
};

/** The findings of a file in which each line is whole. */
const wholeFindings = (name: string): readonly unknown[] => {
  const text = readFileSync(name, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};

describe('Ctrl-C', () => {
  it('ends a replay with 130, and what follows goes on from there without gap or repetition', async () => {
    const begun = await run(['replay', '--json'], { onFirstOutput: 'interrupt' });
    expect(begun).toMatchObject({ exitCode: 130, complaints: '' });
    const linesIn = (output: string): readonly { event?: object; outcome?: { resumeFrom: string } }[] =>
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
    const first = linesIn(begun.output);
    expect(first.length).toBeLessThan(recipientsAdded);
    const { outcome } = first.at(-1) ?? {};
    const rest = await run(['replay', '--json', '--from', outcome?.resumeFrom ?? 'none']);
    expect(rest.exitCode).toBe(0);
    const events = [...first, ...linesIn(rest.output)].filter(({ event }) => event !== undefined);
    expect(events).toHaveLength(recipientsAdded + 4);
    expect(new Set(events.map(({ event }) => JSON.stringify(event))).size).toBe(recipientsAdded + 4);
  });

  it('ends an explanation that waits for a request with 130', async () => {
    const { exitCode, output, complaints } = await run(['explain'], { interruptsReading: true });
    expect({ exitCode, output }).toEqual({ exitCode: 130, output: '' });
    expect(complaints).toBe('mandate: interrupted before there was an answer.\n');
  });

  it('ends the check of a log with 130, whole findings and a word on how far it came', async () => {
    const findings = newFindings();
    const checked = await run(['check-log', log, '--findings', findings], { onFirstOutput: 'interrupt' });
    expect(checked.exitCode).toBe(130);
    expect(checked.complaints).toMatch(
      /^mandate: interrupted: [\d,]+ records read, \d+ % of the log, [\d,]+ findings so far, whole, in the file with \.part/,
    );
    expect(checked.output).not.toContain('records');
    expect(existsSync(findings)).toBe(false);
    const kept = wholeFindings(`${findings}.part`);
    expect(kept.length).toBeLessThan(violations);
    expect(checked.complaints.replaceAll(',', '')).toContain(`${kept.length} findings`);
  });
});

describe('an output that is closed', () => {
  it.each([['replay'], ['check-log', log]])('ends %s with 141', async (...command) => {
    const { exitCode, complaints } = await run(command, { onFirstOutput: 'close' });
    expect(exitCode).toBe(141);
    expect(complaints).toMatch(/^mandate: the output was closed/);
  });

  it('leaves whole findings', async () => {
    const findings = newFindings();
    await run(['check-log', log, '--findings', findings], { onFirstOutput: 'close' });
    expect(wholeFindings(`${findings}.part`).length).toBeLessThan(violations);
  });
});

describe('a file for findings', () => {
  it('that cannot grow any more holds whole findings, and the check ends with 2', async () => {
    const findings = newFindings();
    const { exitCode, complaints } = await run(['check-log', log, '--findings', findings, '--quiet'], {
      fileBytesMax: 3 * 1024 * 1024,
    });
    expect(exitCode).toBe(2);
    expect(complaints).toMatch(/--findings: expected to write on, found that it fails \(EFBIG\)/);
    expect(wholeFindings(`${findings}.part`).length).toBeGreaterThan(100);
    expect(existsSync(findings)).toBe(false);
  });

  it('is complete under its own name', async () => {
    const findings = newFindings();
    const checked = await run(['check-log', log, '--findings', findings, '--quiet', '--json']);
    expect(checked).toMatchObject({ exitCode: 1, complaints: '' });
    expect(JSON.parse(checked.output)).toMatchObject({ violations });
    expect(wholeFindings(findings)).toHaveLength(violations);
    expect(existsSync(`${findings}.part`)).toBe(false);
  });
});
