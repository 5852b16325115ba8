import type { CrashPoint } from '@mandate/deletion/testing';
import { files, type Files } from '../durable-file';

type Handle = Awaited<ReturnType<Files['open']>>;
type Work<Arguments extends unknown[], Answer> = (...args: Arguments) => Promise<Answer>;

/** The file system of a process that may be killed before and after everything that changes it, and after what reads it. */
export const mortalFiles = (crashPoint: CrashPoint): Files => {
  const reading =
    <Arguments extends unknown[], Answer>(work: Work<Arguments, Answer>): Work<Arguments, Answer> =>
    async (...args) => {
      const answer = await work(...args);
      crashPoint();
      return answer;
    };
  const changing =
    <Arguments extends unknown[], Answer>(work: Work<Arguments, Answer>): Work<Arguments, Answer> =>
    async (...args) => {
      crashPoint();
      return reading(work)(...args);
    };

  const mortalHandle = (handle: Handle): Handle =>
    new Proxy(handle, {
      get: (target, name) => {
        if (name === 'writeFile') return changing((text: string) => target.writeFile(text));
        // To be killed before one waits for the disk is to be killed after what was done last.
        if (name === 'sync') return reading(() => Promise.resolve());
        return name === 'close' ? () => target.close() : (undefined as unknown);
      },
    });

  /** The operating system closes the files of the dead. */
  const openAndDie: Files['open'] = async (...args) => {
    const handle = await files.open(...args);
    try {
      crashPoint();
    } catch (error) {
      await handle.close();
      throw error;
    }
    return mortalHandle(handle);
  };

  return {
    lstat: reading(files.lstat) as Files['lstat'],
    readFile: reading(files.readFile) as Files['readFile'],
    readdir: reading(files.readdir) as Files['readdir'],
    realpath: reading(files.realpath) as Files['realpath'],
    link: changing(files.link),
    mkdir: changing(files.mkdir) as Files['mkdir'],
    rename: changing(files.rename),
    rmdir: changing(files.rmdir),
    unlink: changing(files.unlink),
    open: openAndDie,
  };
};
