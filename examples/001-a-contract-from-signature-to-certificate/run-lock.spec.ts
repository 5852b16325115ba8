import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLock, lockFolder } from './run-lock';

describe('the lock of a folder', () => {
  const folders: string[] = [];
  const aFolder = (...pids: readonly number[]): string => {
    const folder = mkdtempSync(join(tmpdir(), 'mandate-lock-'));
    folders.push(folder);
    for (const pid of pids) writeFileSync(join(folder, `run-${pid}.lock`), `${pid}\n`);
    return folder;
  };
  const locksIn = (folder: string): readonly string[] => readdirSync(folder).filter(isLock);
  const own = `run-${process.pid}.lock`;
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  it('is there until it is given free', async () => {
    const folder = aFolder();
    const giveFree = await lockFolder(folder);
    expect(locksIn(folder)).toEqual([own]);
    giveFree();
    expect(locksIn(folder)).toEqual([]);
  });

  it('is refused while another process that has one is alive, and let through when it has ended', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const folder = aFolder(other.pid ?? 0);
    try {
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'option-unusable' });
      expect(locksIn(folder)).toEqual([`run-${other.pid}.lock`]);
    } finally {
      other.kill('SIGKILL');
      await new Promise((ended) => other.once('close', ended));
    }
    await lockFolder(folder);
    expect(locksIn(folder)).toEqual([own]);
  });

  it('is taken although a process that is gone, or an earlier one with the same id, has left its own', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const folder = aFolder(gone, process.pid);
    await lockFolder(folder);
    expect(locksIn(folder)).toEqual([own]);
  });
});
