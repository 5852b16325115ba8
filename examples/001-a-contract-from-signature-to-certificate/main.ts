import { performance } from 'node:perf_hooks';
import { runDemo, type DemoOutcome } from './demo';
import { help, OptionProblem, optionsFrom, type DemoOptions } from './options';
import { isInputProblem } from './reading/input-problem';
import { Interrupted } from './run';
import { screenOn } from './showing/screen';

const exitCodes: Readonly<Record<DemoOutcome, number>> = {
  'everything-held': 0,
  'stopped-as-asked': 0,
  'something-did-not-hold': 1,
};
const unusable = 2;
const interrupted = 130;

const screen = screenOn(process.stdout);

/** One request to stop ends the run between two steps; a second one ends it at once. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
};

const explain = (error: unknown): number => {
  if (error instanceof Interrupted) {
    screen.say('\nInterrupted. Nothing is lost: the same command goes on from here.');
    return interrupted;
  }
  if (isInputProblem(error) || error instanceof OptionProblem) {
    console.error(error.message);
    return unusable;
  }
  console.error(error);
  console.error(
    '\nThe run broke off. What was done is kept: once the cause is gone, the same command goes on from here.',
  );
  return 1;
};

const run = async (options: DemoOptions): Promise<number> => {
  const startedAt = performance.now();
  const outcome = await runDemo(options, { screen, signal: interruption() });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  screen.say(
    outcome === 'stopped-as-asked'
      ? `\nStopped where you asked. The same command without --stop-before goes on.`
      : `\nA year passed in ${seconds} seconds. What is left of it is in ${options.folder}`,
  );
  return exitCodes[outcome];
};

const main = async (): Promise<number> => {
  try {
    const options = optionsFrom(process.argv.slice(2));
    if (options !== 'help') return await run(options);
    screen.say(help);
    return 0;
  } catch (error) {
    return explain(error);
  }
};

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
