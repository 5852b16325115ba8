import Table from 'cli-table3';
import colors from 'picocolors';
import { counted } from './numbers';
import { quarterlyLines, terminalBar, type Bar, type Progress } from './progress';

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

/** No lines at all: the titles are underlined. */
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
  let bar: Bar | undefined;
  const say = (text = ''): void => {
    bar?.hide();
    terminal.write(`${text}\n`);
    bar?.show();
  };
  const heading = (title: string): void => {
    say();
    say(colors.bold(colors.cyan(title)));
  };
  const movingBar = (what: string, total: number): Progress => {
    const shown = terminalBar(what, total);
    bar = shown;
    shown.show();
    return {
      advance: shown.advance,
      end: () => {
        shown.end();
        bar = undefined;
        say(`  ${what}: ${counted(total)}`);
      },
    };
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
      terminal.isTTY === true ? movingBar(what, total) : quarterlyLines(say, what, total),
  };
};
