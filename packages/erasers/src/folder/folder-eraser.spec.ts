import { describe, expect, it } from '@jest/globals';
import { eraserConformance } from '@mandate/deletion/testing';
import { link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { files } from '../durable-file';
import { byFolders, byList, folderHarness } from '../testing/folder-harness';
import { nthOrder, order, tickingClock } from '../testing/orders';
import { inTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { folderEraser, type FolderEraserOptions } from './folder-eraser';

eraserConformance({ describe, it }, 'folder (by contract and data set)', folderHarness(byFolders));
eraserConformance({ describe, it }, 'folder (by a list of files)', folderHarness(byList));

const CANARY = 'anna.canary@example.com';
const home = `files/${order.contractId}/${order.dataSetId}`;

const put = async (folder: TemporaryFolder, ...paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    await mkdir(dirname(folder.pathOf(path)), { recursive: true });
    await writeFile(folder.pathOf(path), CANARY);
  }
};

const eraserIn = (folder: TemporaryFolder, options: Partial<FolderEraserOptions> = {}) =>
  folderEraser({
    folder: folder.pathOf('files'),
    receipts: folder.pathOf('receipts'),
    clock: tickingClock(),
    ...options,
  });

const everything = async (folder: TemporaryFolder): Promise<readonly string[]> =>
  (await readdir(folder.path, { recursive: true })).sort();

const refused = (reason: string) => ({ outcome: 'failed', reason });

describe('erasing a folder', () => {
  it('leaves neither files nor folders of the data set, and a receipt that names no file', () =>
    inTemporaryFolder(async (folder) => {
      await put(
        folder,
        `${home}/a.txt`,
        `${home}/${CANARY}/b.txt`,
        `${home}/${CANARY}/c/d.txt`,
        'files/other.txt',
      );
      expect(await eraserIn(folder)(order)).toMatchObject({
        outcome: 'erased',
        receipt: { method: 'file-deletion', found: 3, erased: 3, verification: 'recounted' },
      });
      const receipt = `receipts/${order.idempotencyKey}.json`;
      expect(await everything(folder)).toEqual([
        'files',
        `files/${order.contractId}`,
        'files/other.txt',
        'receipts',
        receipt,
      ]);
      expect(await readFile(folder.pathOf(receipt), 'utf8')).not.toContain('canary');
    }));

  it('needs the folder, and the marker that tells its disk is there', () =>
    inTemporaryFolder(async (folder) => {
      expect(await eraserIn(folder)(order)).toEqual(refused('store-unreachable'));
      await put(folder, `${home}/a.txt`);
      const erase = eraserIn(folder, { marker: 'mounted' });
      expect(await erase(order)).toEqual(refused('store-unreachable'));
      await put(folder, 'files/mounted');
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
    }));

  it('keeps no receipts in what it erases', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      for (const receipts of ['files', 'files/receipts', `${home}/..`]) {
        const erase = eraserIn(folder, { receipts: folder.pathOf(receipts) });
        await expect(erase(order)).rejects.toThrow('Expected a folder for receipts outside');
      }
      await symlink(folder.pathOf('files'), folder.pathOf('link'));
      const erase = eraserIn(folder, { receipts: folder.pathOf('link/receipts') });
      await expect(erase(order)).rejects.toThrow('Expected a folder for receipts outside');
    }));

  it('does not believe a record that cannot be read', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      for (const text of ['', '{', '[]', '{"phase":"removing","counted":0}']) {
        await mkdir(folder.pathOf('receipts'), { recursive: true });
        await writeFile(folder.pathOf(`receipts/${order.idempotencyKey}.json`), text);
        expect(await eraserIn(folder)(order)).toEqual(refused('record-not-readable'));
      }
    }));

  it('gives up for now when there are new files every time', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      let number = 0;
      const unlink: typeof files.unlink = async (path) => {
        await files.unlink(path);
        await put(folder, `${home}/${number++}.txt`);
      };
      expect(await eraserIn(folder, { files: { ...files, unlink } })(order)).toEqual(
        refused('still-being-written'),
      );
      expect(await eraserIn(folder)(order)).toMatchObject({
        outcome: 'erased',
        receipt: { found: number + 1, erased: number + 1 },
      });
    }));

  it('tells what the file system said by its code alone', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/${CANARY}.txt`);
      const denied: typeof files.rename = async (from) => {
        await rename(from, join(folder.path, 'nowhere', 'at all'));
      };
      const erase = eraserIn(folder, { files: { ...files, rename: denied } });
      expect(await erase(order)).toEqual(refused('file-error-enoent'));
    }));
});

describe('what is not a file of the folder is refused, and nothing is erased', () => {
  const refuses = async (
    folder: TemporaryFolder,
    reason: string,
    options: Partial<FolderEraserOptions> = {},
  ): Promise<void> => {
    await put(folder, `${home}/a.txt`, 'outside/b.txt');
    const before = await everything(folder);
    expect(await eraserIn(folder, options)(order)).toEqual(refused(reason));
    const isReceipt = (path: string): boolean => path.startsWith('receipts');
    expect((await everything(folder)).filter((path) => !isReceipt(path))).toEqual(
      before.filter((path) => !isReceipt(path)),
    );
  };

  it.each([
    '../outside/b.txt',
    'x/../../outside/b.txt',
    './a.txt',
    'x//a.txt',
    '',
    '/',
    'a\0.txt',
    `${home.slice(6)}/..`,
  ])('a path that leads elsewhere: %j', (path) =>
    inTemporaryFolder((folder) =>
      refuses(folder, 'path-leaves-folder', { pathsOf: () => [`${home.slice(6)}/a.txt`, path] }),
    ),
  );

  it('an absolute path', () =>
    inTemporaryFolder((folder) =>
      refuses(folder, 'path-leaves-folder', { pathsOf: () => [folder.pathOf(`${home}/a.txt`)] }),
    ));

  it('an id that is none', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      const strange = { ...order, contractId: '..' as typeof order.contractId };
      expect(await eraserIn(folder)(strange)).toEqual(refused('path-leaves-folder'));
    }));

  it.each(['file', 'folder'])('a symbolic link to a %s', (kind) =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`, 'outside/b.txt');
      const target = folder.pathOf(kind === 'file' ? 'outside/b.txt' : 'outside');
      await symlink(target, folder.pathOf(`${home}/link`));
      await refuses(folder, 'symbolic-link-found');
      await refuses(folder, 'symbolic-link-found', { pathsOf: () => [`${home.slice(6)}/link`] });
    }),
  );

  it('a symbolic link on the way', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `outside/${order.dataSetId}/b.txt`, 'files/x');
      await symlink(folder.pathOf('outside'), folder.pathOf(`files/${order.contractId}`));
      const pathsOf = () => [`${order.contractId}/${order.dataSetId}/b.txt`];
      expect(await eraserIn(folder)(order)).toEqual(refused('symbolic-link-found'));
      expect(await eraserIn(folder, { pathsOf })(nthOrder(2))).toEqual(refused('symbolic-link-found'));
      expect(await everything(folder)).toContain(`outside/${order.dataSetId}/b.txt`);
    }));

  it('a file that has another name elsewhere', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      await link(folder.pathOf(`${home}/a.txt`), folder.pathOf('copy.txt'));
      expect(await eraserIn(folder)(order)).toEqual(refused('file-has-other-names'));
      await rm(folder.pathOf('copy.txt'));
      expect(await eraserIn(folder)(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
    }));

  it('a folder that was named as a file', () =>
    inTemporaryFolder((folder) => refuses(folder, 'not-a-file', { pathsOf: () => [order.contractId] })));

  it('but a name of something that is gone is no trouble', () =>
    inTemporaryFolder(async (folder) => {
      await put(folder, `${home}/a.txt`);
      const pathsOf = () => [`${home.slice(6)}/a.txt`, `${home.slice(6)}/a.txt`, 'gone.txt', 'gone/b.txt'];
      expect(await eraserIn(folder, { pathsOf })(order)).toMatchObject({ receipt: { found: 1, erased: 1 } });
    }));

  it('nor is a file that waits for another order already', () =>
    inTemporaryFolder(async (folder) => {
      const waiting = `.mandate-erasing-${nthOrder(9).idempotencyKey}/x`;
      await put(folder, `files/${waiting}`);
      const erase = eraserIn(folder, { pathsOf: () => [waiting] });
      expect(await erase(order)).toMatchObject({ receipt: { found: 0 } });
      expect(await everything(folder)).toContain(`files/${waiting}`);
    }));
});
