import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCodeOf } from './error-code';
import { OptionProblem } from './options';

const lockName = /^run-(\d{1,10})\.lock$/;
const triesMax = 5;
const waitMaxMs = 50;

/** Whether a file in the folder of a run is a lock, of whatever run. */
export const isLock = (name: string): boolean => lockName.test(name);

const lockOf = (root: string, pid: number): string => join(root, `run-${pid}.lock`);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other error than "no such process" says that there is one, which is somebody else's.
    return errorCodeOf(error) !== 'ESRCH';
  }
};

/** The runs other than this one that have a lock in the folder. */
const otherRunsIn = (root: string): readonly number[] =>
  readdirSync(root)
    .map((name) => Number(lockName.exec(name)?.[1]))
    .filter((pid) => Number.isSafeInteger(pid) && pid !== process.pid);

/** Throws an `OptionProblem` when another run is going on in the folder. */
export const requireUnlocked = (root: string): void => {
  const pid = otherRunsIn(root).find(isAlive);
  if (pid === undefined) return;
  throw new OptionProblem(
    `--folder ${root}: expected a folder that no other run is using, found one that process ${pid} is using. ` +
      `Wait until it has ended, or choose another folder. If process ${pid} is no run of this demo, delete ` +
      lockOf(root, pid),
  );
};

const tryToLock = async (root: string, triesLeft: number): Promise<void> => {
  requireUnlocked(root);
  writeFileSync(lockOf(root, process.pid), `${process.pid}\n`);
  if (!otherRunsIn(root).some(isAlive)) return;
  // Two began in the same moment: both step back, and the first to come again has the folder.
  rmSync(lockOf(root, process.pid), { force: true });
  if (triesLeft > 0) await wait(Math.random() * waitMaxMs);
  else requireUnlocked(root);
  await tryToLock(root, Math.max(0, triesLeft - 1));
};

/**
 * Keeps every other run out of a folder, which has to be there, until the function that is returned is called.
 * Throws an `OptionProblem` when another run is going on in it.
 *
 * Every run has a lock file of its own, named by its process id, and has the folder when, after its own is there, no
 * other living process has one. So nobody ever removes the lock of a living run, and what a killed run left behind
 * needs no taking over.
 */
export const lockFolder = async (root: string): Promise<() => void> => {
  await tryToLock(root, triesMax);
  for (const pid of otherRunsIn(root)) if (!isAlive(pid)) rmSync(lockOf(root, pid), { force: true });
  return () => rmSync(lockOf(root, process.pid), { force: true });
};
