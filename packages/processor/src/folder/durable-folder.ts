import { randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';

/** Creates a folder that only its owner may enter, unless it is there. */
export const makeFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
};

/** Makes sure that a renamed or new file is still in its folder after a power cut. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Writes a text whole and durably into a new file beside `file`, for the caller to put in its place; answers its
 * path. Two processes that write at once never share one.
 */
export const writeBeside = async (file: string, text: string | Uint8Array, mode = 0o666): Promise<string> => {
  const part = `${file}.${randomUUID()}.part`;
  const handle = await open(part, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return part;
};
