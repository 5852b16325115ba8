import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractId, dataSetId } from './generating/story';
import { isLock } from './run-lock';
import { bundleDemo, runDemoProcess, type DemoProcess, type DemoResult } from './testing/bundled-demo';
import { damageInput } from './testing/damaged-input';

// Every test starts processes, which on a busy machine takes its time.
jest.setTimeout(180_000);

const scale = ['--recipients', '200', '--sends', '600'];

describe('the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-demo-'));
  const program = join(folder, 'demo.cjs');
  const at = (name: string): string => join(folder, name);
  const run = (name: string, more: Partial<DemoProcess> = {}): Promise<DemoResult> =>
    runDemoProcess({ program, args: ['--folder', at(name), ...scale], ...more });
  const certificateOf = (name: string): string => readFileSync(join(at(name), 'certificate.json'), 'utf8');
  const locksIn = (name: string): readonly string[] => readdirSync(at(name)).filter(isLock);
  const contentsOf = (name: string): readonly (readonly [string, string])[] =>
    readdirSync(at(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => join(parentPath, file))
      .toSorted()
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]);
  const copy = (from: string, to: string): void => cpSync(at(from), at(to), { recursive: true });

  beforeAll(async () => {
    await bundleDemo(program);
    const args = ['--folder', at('prepared'), ...scale, '--stop-before', 'deletion'];
    const { exitCode } = await runDemoProcess({ program, args });
    expect(exitCode).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells a year from the signature to the certificate, and every check holds', async () => {
    copy('prepared', 'uninterrupted');
    const { exitCode, output, errors } = await run('uninterrupted');
    expect(errors).toBe('');
    expect(output).toContain('checked with the public key alone: genuine');
    expect(output).toContain('after: of 144 names, addresses and numbers 0 are found');
    expect(output).toMatch(/✔ (\d+) of \1 checks held/);
    expect(exitCode).toBe(0);
  });

  it('begins afresh in the folder of a finished run', async () => {
    copy('uninterrupted', 'finished');
    const { exitCode, output } = await run('finished');
    expect(output).toContain('the story begins afresh');
    expect(exitCode).toBe(0);
    expect(certificateOf('finished')).not.toBe(certificateOf('uninterrupted'));
  });

  it.each([2, 5, 8, 11])(
    'is killed at step %i of the deletion, goes on, and ends with the same certificate',
    async (step) => {
      const name = `killed-at-${step}`;
      copy('prepared', name);
      let steps = 0;
      const isDeletion = (line: string): boolean => line.startsWith('  ✔ ') && !line.includes('before: of');
      const killed = await run(name, {
        stopAt: (line) => {
          steps += isDeletion(line) ? 1 : 0;
          return steps >= step;
        },
      });
      expect(killed.exitCode).toBeNull();
      const resumed = await run(name);
      expect(resumed.output).toContain('it goes on where it stopped');
      expect(resumed.exitCode).toBe(0);
      expect(certificateOf(name)).toBe(certificateOf('uninterrupted'));
    },
  );

  it('is killed again and again while it reads the log, and still decides every line once', async () => {
    const days = ['10 Mar 2026', '16 Mar 2026', '25 Mar 2026'];
    for (const day of days) {
      const { exitCode } = await run('killed-in-march', { stopAt: (line) => line.includes(day) });
      expect(exitCode).toBeNull();
    }
    const { exitCode, output } = await run('killed-in-march');
    expect(output).toContain('600 lines read and decided');
    expect(exitCode).toBe(0);
  });

  it('stops when it is asked to, and says how to go on', async () => {
    const stopAt = (line: string): boolean => line.includes('10 Mar 2026');
    const { exitCode, output } = await run('interrupted', { stopAt, signal: 'SIGINT' });
    expect(output).toContain('the same command goes on from here');
    expect(exitCode).toBe(130);
    expect((await run('interrupted')).exitCode).toBe(0);
  });

  it('has a folder to itself: a second run there says who is using it, and touches nothing', async () => {
    const killed = { stopAt: (line: string): boolean => line.includes('10 Mar 2026') };
    await run('shared', killed);
    const [lock = ''] = locksIn('shared');
    // The killed run is gone; a process that is alive stands for one that is not.
    renameSync(join(at('shared'), lock), join(at('shared'), `run-${process.pid}.lock`));
    const before = contentsOf('shared');
    const { exitCode, output, errors } = await run('shared');
    expect(errors).toMatch(
      new RegExp(`^--folder .*found one that process ${process.pid} is using. Wait until .*\n$`),
    );
    expect(output).toBe('');
    expect(exitCode).toBe(2);
    expect(contentsOf('shared')).toEqual(before);
  });

  it('lets one of several have the folder when they begin at once', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => run('at-once')));
    expect(runs.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 2, 2]);
    expect(runs.map(({ errors }) => errors).join('')).not.toContain('    at ');
    expect(locksIn('at-once')).toEqual([]);
  });

  it('says in a sentence that its folder is a file', async () => {
    writeFileSync(at('a-file'), 'a text');
    const { exitCode, errors } = await run('a-file');
    expect(errors).toMatch(/^--folder .*found a file\. Choose another folder\.\n$/);
    expect(exitCode).toBe(2);
  });

  it('says in a sentence what is wrong with its input, and makes no folder', async () => {
    const input = at('input');
    damageInput(input, 'contract.json', () => '{"commands": []}');
    const args = ['--folder', at('unusable'), '--input', input, ...scale];
    const { exitCode, output, errors } = await runDemoProcess({ program, args });
    expect(errors).toMatch(/^data-sets\.json, line 9, dataSets\[0\]\.data\.contractId: expected /);
    expect(errors).not.toContain('    at ');
    expect(output).toBe('');
    expect(exitCode).toBe(2);
    expect(existsSync(at('unusable'))).toBe(false);
  });

  it('says what did not hold when somebody has tampered with the log', async () => {
    const args = ['--folder', at('tampered'), ...scale];
    await runDemoProcess({ program, args: [...args, '--stop-before', 'sends'] });
    const log = join(at('tampered'), 'upload', contractId, dataSetId, 'sends.jsonl');
    // Byte for byte, since some lines are no text.
    const text = readFileSync(log, 'latin1');
    const stranger = '61ca26f5-3e84-5207-91ff-92ab7acd8db0';
    const withSpecial = text
      .split('\n')
      .map((line) => (line.includes('"special"') ? line.replace(dataSetId, stranger) : line));
    const tampered = withSpecial.join('\n').replace('"purpose":"management"', '"purpose":"model-training"');
    writeFileSync(log, tampered, 'latin1');
    const { exitCode, output } = await run('tampered');
    expect(output).toMatch(/✖ 5 of \d+ checks did not hold/);
    expect(output).toContain('denied: purpose-of-the-processor');
    expect(exitCode).toBe(1);
  });
});
