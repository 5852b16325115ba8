import type { CreateEraserHarness, DataSetPlace } from '@mandate/deletion/testing';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Files } from '../durable-file';
import { folderEraser, type FolderEraserOptions } from '../folder/folder-eraser';
import { mortalFiles } from './mortal-files';
import { tickingClock } from './orders';
import { createTemporaryFolder } from './temporary-folder';

type Layout = (folder: string) => Pick<FolderEraserOptions, 'pathsOf' | 'files'>;

const filesBeneath = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** By the folders of contract and data set, or by a function that finds the same files. */
export const byFolders: Layout = () => ({});
export const byList: Layout = (folder) => ({
  pathsOf: async ({ contractId, dataSetId }) =>
    (await filesBeneath(join(folder, contractId, dataSetId))).map((file) => relative(folder, file)),
});

/** A folder with files whose names are as personal as what is in them. */
export const folderHarness =
  (layout: Layout): CreateEraserHarness =>
  async () => {
    const temporary = await createTemporaryFolder();
    const [folder, receipts] = [temporary.pathOf('files'), temporary.pathOf('receipts')];
    await mkdir(folder);
    const clock = tickingClock();
    const folderOf = ({ contractId, dataSetId }: DataSetPlace): string => join(folder, contractId, dataSetId);
    let resisting: string | undefined;
    const harmless = (files: Files): Files => ({
      ...files,
      rename: (from, to) =>
        resisting !== undefined && basename(String(from)) === resisting
          ? Promise.resolve()
          : files.rename(from, to),
    });
    return {
      verification: 'recounted',
      clock,
      open: (crashPoint = () => undefined) =>
        Promise.resolve(
          folderEraser({
            folder,
            receipts,
            clock,
            files: harmless(mortalFiles(crashPoint)),
            ...layout(folder),
          }),
        ),
      plant: async (place, texts) => {
        for (const [index, text] of texts.entries()) {
          const within = join(folderOf(place), index % 3 === 0 ? '.' : `${index} ${text}`);
          await mkdir(within, { recursive: true });
          await writeFile(join(within, `${text}.txt`), text);
        }
      },
      held: async (place) =>
        Promise.all((await filesBeneath(folderOf(place))).map((file) => readFile(file, 'utf8'))),
      resist: async (place) => {
        const [file] = await filesBeneath(folderOf(place));
        resisting = basename(file ?? '');
        return () => {
          resisting = undefined;
          return Promise.resolve();
        };
      },
      dispose: temporary.remove,
    };
  };
