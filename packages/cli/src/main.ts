#!/usr/bin/env node
import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { systemClock } from '@mandate/event-sourcing';
import { exitCodes } from './exit-codes';
import { textOfInput } from './input-text';
import { OutputClosedError } from './interruption';
import { runMandate } from './run-mandate';
import { terminalBar } from './terminal-bar';

const interruption = new AbortController();
// A second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort();
  });
}
let isOutputClosed = false;
process.stdout.on('error', () => {
  // Whatever is under way is ended in order, as if by Ctrl-C.
  isOutputClosed = true;
  process.exitCode = exitCodes.outputClosed;
  interruption.abort(new OutputClosedError());
});
process.stderr.on('error', () => {
  // Nobody hears complaints any more. The answer and the exit code are still to come.
});

void runMandate(process.argv.slice(2), {
  write: async (chunk) => {
    if (isOutputClosed) throw new OutputClosedError();
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  },
  complain: (complaint) => void process.stderr.write(complaint),
  // Somebody who waits at a terminal for an answer to nothing can leave with one Ctrl-C.
  readInput: () => textOfInput(addAbortSignal(interruption.signal, process.stdin)),
  clock: systemClock,
  signal: interruption.signal,
  showProgress: process.stderr.isTTY ? terminalBar(process.stderr) : undefined,
}).then((code) => {
  // Not 0: whoever went away has not seen an answer, and must not take it for "allowed".
  process.exitCode = isOutputClosed ? exitCodes.outputClosed : code;
});
