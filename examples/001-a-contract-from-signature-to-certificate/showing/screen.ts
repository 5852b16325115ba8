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
  readonly heading: (title: string) => void;
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

/** One line below the head, and no other lines. */
const lines = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ mid: '', 'mid-mid': '', 'left-mid': '', 'right-mid': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '  ', middle: '', right: '' },
};

const tableOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const table = new Table({
    head: head.map((title) => colors.underline(title)),
    style: { head: [], border: [], compact: true },
    chars: lines,
    colAligns: head.map((_title, column) =>
      rows.every((row) => typeof row[column] === 'number') ? 'right' : 'left',
    ),
  });
  for (const row of rows) table.push(row.map((cell) => (typeof cell === 'number' ? counted(cell) : cell)));
  return table.toString();
};

export const screenOn = (terminal: Terminal): Screen => {
  const say = (text = ''): void => void terminal.write(`${text}\n`);
  const heading = (title: string): void => {
    say();
    say(colors.bold(colors.cyan(title)));
  };
  return {
    say,
    heading,
    chapter: (number, title, introduction) => {
      heading(`${number}  ${title}`);
      say(colors.dim(`   ${introduction}`));
      say();
    },
    aside: (text) => say(colors.dim(`    ${text}`)),
    good: (text) => say(`  ${colors.green('✔')} ${text}`),
    bad: (text) => say(`  ${colors.red('✖')} ${text}`),
    table: (head, rows) => say(tableOf(head, rows)),
    progress: (what, total) =>
      terminal.isTTY === true ? barProgress(what, total) : lineProgress(say, what, total),
  };
};
