import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../comparing/work';

const counted = (number: number): string => number.toLocaleString('en');

const terminalBar = (what: string, total: number): Progress => {
  const bar = new SingleBar(
    {
      format: `  ${what} {bar} {value} of {total}`,
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      formatValue: (value, _options, type) => (type === 'percentage' ? String(value) : counted(value)),
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: (by = 1) => bar.increment(by), end: () => bar.stop() };
};

/** A line at every quarter, for files and pipes. */
const quarterlyLines = (what: string, total: number): Progress => {
  let done = 0;
  let quarters = 0;
  return {
    advance: (by = 1) => {
      done += by;
      const reached = Math.floor((done * 4) / total);
      if (reached > quarters) process.stderr.write(`  ${what}: ${counted(done)} of ${counted(total)}\n`);
      quarters = Math.max(quarters, reached);
    },
    end: () => undefined,
  };
};

/** Progress on the error output, so that the table stays alone on the other. */
export const showProgress = (what: string, total: number): Progress =>
  process.stderr.isTTY ? terminalBar(what, total) : quarterlyLines(what, total);
