import { Presets, SingleBar } from 'cli-progress';
import { counted } from './numbers';

/** Progress of something long. */
export interface Progress {
  readonly advance: (by?: number) => void;
  readonly end: () => void;
}

/** A bar that makes room for a line of text and comes back below it. */
export interface Bar extends Progress {
  readonly hide: () => void;
  readonly show: () => void;
}

/** A moving bar, for terminals. */
export const terminalBar = (what: string, total: number): Bar => {
  const bar = new SingleBar(
    {
      format: `  ${what} {bar} {value} of {total}`,
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: true,
      stream: process.stdout,
      formatValue: (value, _options, type) => (type === 'percentage' ? String(value) : counted(value)),
    },
    Presets.shades_classic,
  );
  let done = 0;
  return {
    show: () => bar.start(total, done),
    hide: () => bar.stop(),
    advance: (by = 1) => {
      done += by;
      bar.update(done);
    },
    end: () => bar.stop(),
  };
};

/** A line at every quarter, for files and pipes. */
export const quarterlyLines = (say: (text: string) => void, what: string, total: number): Progress => {
  let done = 0;
  let quarters = 0;
  return {
    advance: (by = 1) => {
      done += by;
      const reached = Math.floor((done * 4) / Math.max(1, total));
      if (reached <= quarters) return;
      quarters = reached;
      say(`  ${what}: ${counted(done)} of ${counted(total)}`);
    },
    end: () => undefined,
  };
};
