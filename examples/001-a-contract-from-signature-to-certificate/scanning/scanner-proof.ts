import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodings } from './encodings';
import { scanFolder } from './folder-scan';
import type { PlantedValue } from './planted-values';

/** Nobody's name and address: it exists to be found. */
const canary: PlantedValue = {
  label: 'canary',
  spellings: ['Żółcisława Gęśla-Źdźbło <kanarek+1@example.com>'],
};

/** Bytes around the canary, so that it begins and ends in the middle of something. */
const noise = Buffer.from('…rest of a record: ');

const planted = (): ReadonlyMap<string, Buffer> => {
  const [text = ''] = canary.spellings;
  const files = new Map<string, Buffer>();
  for (const { name, needlesOf } of encodings) {
    for (const [index, needle] of needlesOf(text).entries()) {
      files.set(`${name} ${index}`, Buffer.concat([noise, needle, noise]));
    }
  }
  const plain = Buffer.concat([noise, Buffer.from(text), noise]);
  files.set('gzip 0', Buffer.concat([noise, gzipSync(plain), noise]));
  files.set('gzip in gzip 0', Buffer.concat([noise, gzipSync(Buffer.concat([noise, gzipSync(plain)]))]));
  return files;
};

/** Plants a canary in every encoding, in a folder of its own, and answers with the encodings in which it is found. */
export const encodingsThatAreFound = async (): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-canary-'));
  try {
    const found = new Map<string, boolean>();
    for (const [what, bytes] of planted()) {
      const file = join(folder, 'planted');
      await writeFile(file, bytes);
      const name = what.replace(/ \d+$/, '');
      const isFound = (await scanFolder(folder, [canary])).valuesFound === 1;
      found.set(name, isFound && (found.get(name) ?? true));
    }
    return [...found.entries()].filter(([, isFound]) => isFound).map(([name]) => name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What has to be among them. */
export const encodingsToFind: readonly string[] = [
  ...encodings.map(({ name }) => name),
  'gzip',
  'gzip in gzip',
];
