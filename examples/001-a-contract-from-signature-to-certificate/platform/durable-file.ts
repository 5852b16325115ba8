import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const syncFolder = (folder: string): void => {
  // Windows has no such thing as syncing a folder.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** Writes a file so that, whenever the machine stops, either the old or the new one is there, as a whole. */
export const writeDurably = (path: string, text: string, mode = 0o644): void => {
  const temporary = `${path}.new`;
  const descriptor = openSync(temporary, 'w', mode);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, path);
  syncFolder(dirname(path));
};
