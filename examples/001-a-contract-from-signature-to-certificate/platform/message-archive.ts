import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, type DataSetFolder, type OfDataSet } from './data-set-folder';

/** Messages as they were sent, one encrypted file each. */
export class MessageArchive implements DataSetFolder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  put(of: OfDataSet, sendId: string, ciphertext: Uint8Array): void {
    const folder = folderOf(this, of);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${sendId}.message`), ciphertext);
  }
}
