import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDemo, type DemoOutcome } from '../demo';
import { optionsFrom } from '../options';
import { screenOn } from '../showing/screen';

/** What a file becomes: other text, other bytes, or nothing at all. */
export type Damage = (text: string) => string | Buffer | undefined;

/** Other text at one place, which has to be there. */
export const replacing =
  (what: string, by: string): Damage =>
  (text) => {
    if (!text.includes(what)) throw new Error(`Expected ${what} in the file.`);
    return text.replace(what, by);
  };

/** A copy of the example's input, with one file damaged. */
export const damageInput = (input: string, file: string, damage: Damage): void => {
  cpSync(join(__dirname, '../input'), input, { recursive: true });
  const path = join(input, file);
  const damaged = damage(readFileSync(path, 'utf8'));
  if (damaged === undefined) rmSync(path);
  else writeFileSync(path, damaged);
};

/** As little as there can be, in case that nothing stops a run. */
export const smallRun = ['--recipients', '200', '--sends', '500', '--stop-before', 'sends'];

/** Runs the demo in this process, in silence. */
export const runDemoWith = (args: readonly string[]): Promise<DemoOutcome> => {
  const options = optionsFrom(args);
  if (options === 'help') throw new Error('Expected options.');
  const screen = screenOn({ write: () => undefined });
  return runDemo(options, { screen, signal: new AbortController().signal });
};

export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What a run that should not succeed says. */
export const problemOf = (run: Promise<unknown>): Promise<Problem> =>
  run.then(
    () => ({ code: 'none', message: 'nothing was wrong' }),
    (error: unknown) => error as Problem,
  );
