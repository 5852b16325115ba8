import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random';

/** How to start a writer. */
export interface WriterOptions {
  readonly file: string;
  readonly journalFile: string;
  readonly name: string;
  readonly callers: number;
  readonly sharedStreams: number;
  /** Writes down as acknowledged what is not yet: to see that the loss is found. */
  readonly isLying: boolean;
}

export interface Writer {
  /** One life: the process starts, appends, and is killed. Throws when it ended by itself. */
  readonly live: (random: Random) => Promise<void>;
}

const lifeMsMax = 150;
const startMsMax = 500;

/** After the first acknowledgement in most lives; in some at any time, also while the file is being opened. */
const untilKilled = async (random: Random, firstAcknowledgement: Promise<unknown>): Promise<void> => {
  const lifeMs = random.below(lifeMsMax);
  if (random.isOneIn(5)) return pause(random.below(startMsMax));
  await firstAcknowledgement;
  return pause(lifeMs);
};

export const writerOf = (options: WriterOptions): Writer => {
  let life = 0;
  return {
    live: async (random) => {
      life += 1;
      const child = fork(join(__dirname, 'writer.mjs'), [JSON.stringify({ ...options, life })], {
        // Not the options of this process, which reads TypeScript.
        execArgv: [],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (_, signal) => resolve(signal));
      });
      const firstAcknowledgement = new Promise((resolve) => child.once('message', resolve));
      await untilKilled(random, Promise.race([firstAcknowledgement, ended]));
      child.kill('SIGKILL');
      if ((await ended) !== 'SIGKILL') throw new Error(`Writer ${options.name} ended before it was killed.`);
    },
  };
};
