// The code of README.md, run: what stands between the marks stands there, too.
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceDigest } from './testing/manual-harness';
import { order, tickingClock } from './testing/orders';
import { strangeKey, publicPemOf } from './testing/keys';
import { inTemporaryFolder } from './testing/temporary-folder';
// #region tables
import { sqliteTablesEraser } from '@mandate/erasers';

/** Every table of the platform's database that holds rows of recipients. */
const databaseEraser = (file: string) =>
  sqliteTablesEraser({
    file,
    tables: [
      { table: 'recipient', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
      { table: 'click', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
    ],
  });
// #endregion
// #region folder
import { folderEraser } from '@mandate/erasers';

/** Exports that lie in one folder per month; which are whose is known to the platform. */
const exportEraser = (folder: string, receipts: string, filesOf: (dataSetId: string) => readonly string[]) =>
  folderEraser({
    folder,
    receipts,
    marker: 'mounted',
    pathsOf: ({ dataSetId }) => filesOf(dataSetId).map((name) => `2026-03/${name}`),
  });
// #endregion
// #region other-side
import { signAcknowledgement, type ErasureStatement } from '@mandate/erasers';
import type { ErasureOrder } from '@mandate/deletion';
import type { KeyObject } from 'node:crypto';

/** What a sub-processor answers when it is asked how far an order is. */
const statusOf = (order: ErasureOrder, done: ErasureStatement | undefined, privateKey: KeyObject) =>
  done === undefined
    ? { request_status: 'in_progress' }
    : { request_status: 'completed', acknowledgement: signAcknowledgement(order, done, privateKey) };
// #endregion
// #region attest
import type { Attestations } from '@mandate/erasers';

/** For whoever keeps the filing cabinet: what waits, and that it is done. */
const attestAll = async (attestations: Attestations, actor: string, evidenceDigest: string, now: string) => {
  for (const { order } of await attestations.outstanding()) {
    await attestations.record({
      order,
      attestedBy: actor,
      method: 'attestation',
      found: 2,
      erased: 2,
      firstActionAt: now,
      lastActionAt: now,
      evidenceDigest,
    });
  }
};
// #endregion
import { attestationFolder, manualEraser, openSqliteDatabase } from '@mandate/erasers';
import { mkdir, writeFile } from 'node:fs/promises';

describe('the code of the README', () => {
  it('stands there as it runs here', async () => {
    const [page, source] = await Promise.all(
      ['../README.md', 'readme.spec.ts'].map((file) => readFile(join(__dirname, file), 'utf8')),
    );
    const regions = [...(source ?? '').matchAll(/^\/\/ #region [\w-]+\n([\s\S]*?)^\/\/ #endregion/gm)];
    expect(regions).toHaveLength(4);
    for (const [, region] of regions) expect(page).toContain(region?.trim());
  });

  it('erases tables', () =>
    inTemporaryFolder(async (folder) => {
      const database = openSqliteDatabase(folder.pathOf('platform.db'));
      for (const table of ['recipient', 'click']) {
        database.exec(`CREATE TABLE ${table} (contract_id TEXT, data_set_id TEXT)`);
        database.prepare(`INSERT INTO ${table} VALUES (?1, ?2)`).run(order.contractId, order.dataSetId);
      }
      database.close();
      const outcome = await databaseEraser(folder.pathOf('platform.db'))(order);
      expect(outcome).toMatchObject({ outcome: 'erased', receipt: { found: 2, erased: 2 } });
    }));

  it('erases a folder, when its disk is there', () =>
    inTemporaryFolder(async (folder) => {
      const [files, receipts] = [folder.pathOf('files'), folder.pathOf('receipts')];
      await mkdir(join(files, '2026-03'), { recursive: true });
      await writeFile(join(files, '2026-03/a.csv'), '');
      const erase = exportEraser(files, receipts, () => ['a.csv']);
      expect(await erase(order)).toEqual({ outcome: 'failed', reason: 'store-unreachable' });
      await writeFile(join(files, 'mounted'), '');
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
    }));

  it('answers for a sub-processor', () => {
    const now = tickingClock()();
    const done = {
      method: 'row-deletion',
      found: 2,
      erased: 2,
      firstActionAt: now,
      lastActionAt: now,
    } as const;
    expect(statusOf(order, undefined, strangeKey)).toEqual({ request_status: 'in_progress' });
    const { acknowledgement } = statusOf(order, done, strangeKey);
    expect(acknowledgement?.contents).toMatchObject({ order, found: 2 });
    expect(publicPemOf(strangeKey)).toMatch(/PUBLIC KEY/);
  });

  it('takes down what a person says', () =>
    inTemporaryFolder(async (folder) => {
      const clock = tickingClock();
      const attestations = attestationFolder({ folder: folder.pathOf('attestations'), clock });
      const erase = manualEraser({ attestations });
      expect(await erase(order)).toEqual({ outcome: 'failed', reason: 'awaiting-attestation' });
      await attestAll(attestations, 'records-clerk-7', evidenceDigest, clock());
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { found: 2 } });
    }));
});
