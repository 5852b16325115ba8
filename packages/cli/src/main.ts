#!/usr/bin/env node
import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { systemClock } from '@mandate/event-sourcing';
import { exitCodes } from './exit-codes';
import { runMandate } from './run-mandate';

const interruption = new AbortController();
// A second Ctrl-C ends the process at once.
process.once('SIGINT', () => {
  interruption.abort();
});
process.stdout.on('error', () => {
  // Not 0: whoever went away has not seen an answer, and must not take it for "allowed".
  process.exit(exitCodes.outputClosed);
});

void runMandate(process.argv.slice(2), {
  write: async (chunk) => {
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  },
  complain: (complaint) => void process.stderr.write(complaint),
  // Somebody who waits at a terminal for an answer to nothing can leave with one Ctrl-C.
  readInput: () => text(addAbortSignal(interruption.signal, process.stdin)),
  clock: systemClock,
  signal: interruption.signal,
  isTerminal: process.stderr.isTTY,
}).then((code) => {
  process.exitCode = code;
});
