import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  openSqliteEventStore,
  openSqliteKeyStore,
  openSqliteLeaseStore,
  openSqliteProjectionStore,
  openSqliteSnapshotStore,
} from './index';
import { createTemporaryFolder, type TemporaryFolder } from './testing/temporary-folder';

type Open = (options: { readonly file: string }) => Promise<{ close(): Promise<void> }>;

const stores: Readonly<Record<string, Open>> = {
  events: openSqliteEventStore,
  projections: openSqliteProjectionStore,
  leases: openSqliteLeaseStore,
  keys: openSqliteKeyStore,
  snapshots: openSqliteSnapshotStore,
};
// Keys are backed up apart from what they encrypt, and snapshots are not backed up at all.
const mayShareFile = ['events', 'projections', 'leases'];

const pairs = Object.keys(stores).flatMap((first) =>
  Object.keys(stores)
    .filter((second) => second !== first)
    .map((second) => [first, second] as const),
);

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder.remove());

describe('a file', () => {
  it.each(pairs)(
    'of %s takes %s, whichever came first, only where one backup is right for both',
    async (first, second) => {
      const file = folder.pathOf('some.db');
      const open = async (name: string): Promise<void> => {
        await (await stores[name]!({ file })).close();
      };
      await open(first);
      const opening = open(second);
      if (mayShareFile.includes(first) && mayShareFile.includes(second)) await opening;
      else await expect(opening).rejects.toMatchObject({ code: 'foreign-file' });
      await open(first);
    },
  );
});
