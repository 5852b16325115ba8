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
