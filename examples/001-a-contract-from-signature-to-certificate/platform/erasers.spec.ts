import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf, type ErasureOrder, type StoreEraser } from '@mandate/processor';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderEraser } from './folder-eraser';
import { RecipientDatabase, recipientsTable } from './recipient-database';
import { tableEraser } from './table-eraser';

const root = mkdtempSync(join(tmpdir(), 'mandate-erasers-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const contractId = '823308df-49e9-51ff-84e8-ec3c75bbb641';
const dataSetId = 'a06dffcf-7627-5bc0-8fb0-b0482197188c';
const otherDataSetId = '76bf8198-0148-5b51-b7fc-c58743a042cb';
const order = (idempotencyKey: string): ErasureOrder =>
  ({ contractId, dataSetId, store: 'recipient-database', idempotencyKey }) as ErasureOrder;
const first = order('0f0518ce-b1ca-553a-8511-86f33130267a');
const second = order('7060165f-185c-53c1-af56-2d2c2d5fc549');

let seconds = 0;
/** Every look at it is a second later: an answer that was not remembered would show. */
const clock = (): ReturnType<typeof instantOf> => instantOf((seconds += 1) * 1000);
const receipt = async (eraser: StoreEraser, of: ErasureOrder): Promise<unknown> => {
  const outcome = await eraser(of);
  return outcome.outcome === 'erased' ? outcome.receipt : outcome;
};

describe('erasing a table', () => {
  let runs = 0;
  let file = '';
  let recipients: RecipientDatabase;

  const add = (of: string, recipientId: string): void => {
    const bytes = Buffer.from(`ciphertext of ${recipientId}`);
    const values = { name: bytes, eMail: bytes, phone: bytes, eMailIndex: bytes, phoneIndex: bytes };
    recipients.add([{ contractId, dataSetId: of, recipientId, ...values }]);
  };
  const bytesOnDisk = (): string =>
    readdirSync(join(file, '..'))
      .map((name) => readFileSync(join(file, '..', name), 'latin1'))
      .join('');

  beforeEach(() => {
    runs += 1;
    file = join(root, `table-${runs}`, 'recipients.sqlite');
    mkdirSync(join(file, '..'));
    recipients = new RecipientDatabase(file);
    for (const name of ['anna', 'zofia']) add(dataSetId, name);
    add(otherDataSetId, 'maria');
  });

  const eraserOf = (): StoreEraser =>
    tableEraser({ database: recipients.database, table: recipientsTable, clock });

  it('takes the rows of one data set, counts them, and leaves those of every other', async () => {
    expect(await receipt(eraserOf(), first)).toMatchObject({ method: 'row-deletion', found: 2, erased: 2 });
    expect(recipients.first(dataSetId)).toBeUndefined();
    expect(recipients.first(otherDataSetId)?.recipientId).toBe('maria');
  });

  it('leaves no byte of them in any file', async () => {
    expect(bytesOnDisk()).toContain('ciphertext of zofia');
    await eraserOf()(first);
    expect(bytesOnDisk()).not.toContain('ciphertext of zofia');
    expect(bytesOnDisk()).toContain('ciphertext of maria');
  });

  it('answers the same order with the first receipt, also from another process', async () => {
    const answer = await receipt(eraserOf(), first);
    expect(await receipt(eraserOf(), first)).toEqual(answer);
    recipients.close();
    recipients = new RecipientDatabase(file);
    expect(await receipt(eraserOf(), first)).toEqual(answer);
  });

  it('answers another order with what is left: nothing', async () => {
    await eraserOf()(first);
    expect(await receipt(eraserOf(), second)).toMatchObject({ method: 'nothing-held', found: 0, erased: 0 });
  });
});

describe('erasing a folder', () => {
  let runs = 0;
  let held = '';
  let folder = { root: '', erasures: '', clock };

  beforeEach(() => {
    runs += 1;
    const base = join(root, `folder-${runs}`);
    folder = { root: join(base, 'archive'), erasures: join(base, 'erasures'), clock };
    held = join(folder.root, contractId, dataSetId);
    mkdirSync(held, { recursive: true });
    for (const name of ['1.message', '2.message', '3.message']) writeFileSync(join(held, name), 'ciphertext');
    mkdirSync(join(folder.root, contractId, otherDataSetId));
    writeFileSync(join(folder.root, contractId, otherDataSetId, '4.message'), 'ciphertext');
  });

  it('takes the files of one data set, counts them, and leaves those of every other', async () => {
    const answer = await receipt(folderEraser(folder), first);
    expect(answer).toMatchObject({ method: 'file-deletion', found: 3, erased: 3, verification: 'recounted' });
    expect(existsSync(held)).toBe(false);
    expect(readdirSync(join(folder.root, contractId, otherDataSetId))).toEqual(['4.message']);
  });

  it('answers the same order with the first receipt', async () => {
    const answer = await receipt(folderEraser(folder), first);
    expect(await receipt(folderEraser(folder), first)).toEqual(answer);
    expect(await receipt(folderEraser(folder), second)).toMatchObject({ method: 'nothing-held', found: 0 });
  });

  it('still counts everything when a crash came between the plan and the receipt', async () => {
    const whole = await receipt(folderEraser(folder), first);
    const [plan] = readdirSync(folder.erasures).filter((name) => name.endsWith('.plan.json'));
    expect(plan).toBeDefined();
    // As if the process had died after two of the three files.
    rmSync(join(folder.erasures, `${first.idempotencyKey}.receipt.json`));
    mkdirSync(held);
    writeFileSync(join(held, '3.message'), 'ciphertext');
    expect(await receipt(folderEraser(folder), first)).toMatchObject({
      found: 3,
      erased: 3,
      firstActionAt: (whole as { firstActionAt: string }).firstActionAt,
    });
    expect(existsSync(held)).toBe(false);
  });
});
