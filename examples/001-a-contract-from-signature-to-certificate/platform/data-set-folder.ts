import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder with a folder for every contract, and in it one for every data set. */
export interface DataSetFolder {
  readonly root: string;
}

export interface OfDataSet {
  readonly contractId: string;
  readonly dataSetId: string;
}

export const folderOf = ({ root }: DataSetFolder, { contractId, dataSetId }: OfDataSet): string =>
  join(root, contractId, dataSetId);

/** Files that the folder holds of one data set. */
export const filesHeld = (folder: DataSetFolder, of: OfDataSet): number => {
  const path = folderOf(folder, of);
  return existsSync(path) ? readdirSync(path).length : 0;
};
