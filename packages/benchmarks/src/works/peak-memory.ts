import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireCount } from '../comparing/work';

const run = promisify(execFile);

interface Report {
  readonly events: number;
  readonly peakKilobytes: number;
}

/** The peak of the resident set, in megabytes, of a process that replays a file. */
export const peakMegabytesOf =
  (side: 'ours' | 'limit', file: string, expected: number) => async (): Promise<number> => {
    const script = join(__dirname, 'replay-process.js');
    const { stdout } = await run(process.execPath, [script, side, file]);
    const { events, peakKilobytes } = JSON.parse(stdout) as Report;
    requireCount('Events replayed in a process of its own', expected, events);
    return peakKilobytes / 1024;
  };
