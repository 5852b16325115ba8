import Table from 'cli-table3';
import { SingleBar } from 'cli-progress';
import colors from 'picocolors';

/** Progress of something long. */
export interface Progress {
  readonly advance: (by?: number) => void;
  readonly end: () => void;
}

/** What whoever watches sees: plain lines, and moving bars only where there is a terminal. */
export interface Screen {
  readonly chapter: (number: number, title: string, introduction: string) => void;
  readonly say: (text?: string) => void;
  readonly aside: (text: string) => void;
  readonly good: (text: string) => void;
  readonly bad: (text: string) => void;
  readonly table: (head: readonly string[], rows: readonly (readonly (string | number)[])[]) => void;
  readonly progress: (what: string, total: number) => Progress;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

const numbers = new Intl.NumberFormat('en-GB');

/** 10,000 rather than 10000. */
export const counted = (count: number): string => numbers.format(count);

const barProgress = (what: string, total: number): Progress => {
  const bar = new SingleBar({
    format: `  ${what} {bar} {percentage} %  {value} of {total}`,
    barsize: 30,
    hideCursor: true,
    stream: process.stdout,
  });
  bar.start(total, 0);
  return { advance: (by = 1) => bar.increment(by), end: () => bar.stop() };
};

const lineProgress = (say: (text: string) => void, what: string, total: number): Progress => {
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

const border = { top: '─', bottom: '─', left: ' ', right: ' ', mid: '─' };

export const screenOn = (terminal: Terminal): Screen => {
  const say = (text = ''): void => void terminal.write(`${text}\n`);
  return {
    say,
    chapter: (number, title, introduction) => {
      say();
      say(colors.bold(colors.cyan(`${number}  ${title}`)));
      say(colors.dim(`   ${introduction}`));
      say();
    },
    aside: (text) => say(colors.dim(`    ${text}`)),
    good: (text) => say(`  ${colors.green('✔')} ${text}`),
    bad: (text) => say(`  ${colors.red('✖')} ${text}`),
    table: (head, rows) => {
      const table = new Table({
        head: head.map((title) => colors.bold(title)),
        style: { head: [], border: ['grey'], compact: true },
        chars: { ...border, 'top-left': ' ', 'top-right': ' ', 'bottom-left': ' ', 'bottom-right': ' ' },
        colAligns: head.map((_title, column) =>
          rows.every((row) => typeof row[column] === 'number') ? 'right' : 'left',
        ),
      });
      for (const row of rows) {
        table.push(row.map((cell) => (typeof cell === 'number' ? counted(cell) : cell)));
      }
      say(table.toString());
    },
    progress: (what, total) =>
      terminal.isTTY === true ? barProgress(what, total) : lineProgress(say, what, total),
  };
};
