import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openLog } from './log-bytes';

const folder = mkdtempSync(join(tmpdir(), 'mandate-audit-bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const problemOf = async (name: string, bytes: Uint8Array): Promise<string | undefined> => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const { pieces, cutOff } = await openLog(file);
  for await (const _piece of pieces);
  return cutOff();
};

const packed = gzipSync('{}\n');

it.each([0, 1])('a file that is named as packed and has %i bytes is no empty log', async (length) => {
  expect(await problemOf('sends.jsonl.gz', packed.subarray(0, length))).toMatch(/less than the beginning/);
});

it('a file with nothing in it and no such name is an empty log', async () => {
  expect(await problemOf('sends.jsonl', Buffer.alloc(0))).toBeUndefined();
  expect(await problemOf('sends.jsonl.gz', packed)).toBeUndefined();
  expect(await problemOf('sends.csv.gz', Buffer.from('not packed after all'))).toBeUndefined();
});

it('says why a packed log cannot be read from some place on', async () => {
  expect(await problemOf('cut.gz', packed.subarray(0, -3))).toMatch(/\(Z_BUF_ERROR\)/);
  expect(await problemOf('more.gz', Buffer.concat([packed, Buffer.alloc(4)]))).toMatch(/\(bytes behind/);
});
