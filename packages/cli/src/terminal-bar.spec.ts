import { expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { terminalBar } from './terminal-bar';

/** Everything that was sent to a terminal. */
const terminal = (): { readonly stream: NodeJS.WritableStream; readonly sent: () => string } => {
  let sent = '';
  const stream = new Writable({
    write: (chunk, _encoding, taken) => {
      sent += String(chunk);
      taken();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true, columns: 80 }), sent: () => sent };
};

it('a bar says how far it is, and is gone at the end', () => {
  const { stream, sent } = terminal();
  const bar = terminalBar(stream)(200);
  bar.reach(50, '3 records');
  expect(sent()).toMatch(/█+░+ 25 % {2}3 records/);
  bar.hide();
  bar.hide();
  const hidden = sent();
  bar.reach(100, '6 records');
  expect(sent().slice(hidden.length)).toMatch(/50 % {2}6 records/);
  bar.end();
  expect(sent().endsWith('\u001B[0K') || sent().endsWith('\u001B[2K') || sent().endsWith('\u001B[K')).toBe(
    true,
  );
});

it('a bar without a total, or of nothing, has words', () => {
  for (const total of [undefined, 0]) {
    const { stream, sent } = terminal();
    const bar = terminalBar(stream)(total);
    bar.reach(0, '3 records');
    bar.end();
    expect(sent()).toContain('3 records');
    expect(sent()).not.toContain('NaN');
  }
});

it('a terminal is left as it was, whenever the process ends', () => {
  const { stream, sent } = terminal();
  const bar = terminalBar(stream)(10);
  const listeners = process.listenerCount('SIGINT');
  bar.reach(5, '');
  // Neither is the cursor hidden nor are lines kept from wrapping.
  expect(sent()).not.toMatch(/\?25l|\?7l/);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  bar.end();
});

it('a terminal that has no lines gets nothing', () => {
  let sent = '';
  const stream = new Writable({
    write: (chunk, _encoding, taken) => {
      sent += String(chunk);
      taken();
    },
  });
  const bar = terminalBar(stream)(10);
  bar.reach(5, 'words');
  bar.end();
  expect(sent).toBe('');
});
