import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { encodings } from './encodings';
import { scanFolder, type FolderScan } from './folder-scan';
import { NeedleSearch } from './needle-search';
import type { PlantedValue } from './planted-values';
import { encodingsThatAreFound, encodingsToFind } from './scanner-proof';

const text = 'Żółcisława Gęśla <gesla@example.com>';
const canary: PlantedValue = { label: 'canary', spellings: [text] };

describe('the scanner', () => {
  const root = mkdtempSync(join(tmpdir(), 'mandate-scan-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let folders = 0;

  const scanOf = (files: Readonly<Record<string, Buffer>>): Promise<FolderScan> => {
    folders += 1;
    const folder = join(root, String(folders));
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    return scanFolder(folder, [canary]);
  };
  const isFoundIn = async (bytes: Buffer): Promise<boolean> =>
    (await scanOf({ file: bytes })).valuesFound === 1;

  it('finds a planted address in every encoding that it knows', async () => {
    expect(await encodingsThatAreFound()).toEqual(encodingsToFind);
  });

  it.each(encodings.flatMap(({ name, needlesOf }) => needlesOf(text).map((bytes) => [name, bytes] as const)))(
    'does not take a text for the canary that differs in one byte: %s',
    async (_name, bytes) => {
      const other = Buffer.from(bytes);
      // The last byte but one: in UTF-16 the last one is often zero in any text.
      other[other.length - 2] = (other[other.length - 2] ?? 0) ^ 1;
      expect(await isFoundIn(bytes)).toBe(true);
      expect(await isFoundIn(other)).toBe(false);
    },
  );

  it('finds it in base64 of a longer text, wherever it begins', async () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      expect(await isFoundIn(Buffer.from(Buffer.from(`${before}${text} and more`).toString('base64')))).toBe(
        true,
      );
    }
  });

  it('finds it across the pieces in which a large file is read', async () => {
    const size = 64 * 1024;
    for (const start of [size - 1, size - 20, size, 2 * size - 7]) {
      const bytes = Buffer.alloc(3 * size, 'x');
      bytes.write(text, start);
      const scan = await scanOf({ large: bytes });
      expect([scan.valuesFound, scan.occurrences]).toEqual([1, 1]);
    }
  });

  it('finds it in gzip: within something else, in a second member, with a file name, cut off, in a large file', async () => {
    const noise = Buffer.alloc(100_000, 'noise ');
    const packed = gzipSync(Buffer.concat([noise, Buffer.from(text), noise]));
    const named = Buffer.concat([packed.subarray(0, 3), Buffer.from([8]), packed.subarray(4, 10)]);
    const withName = Buffer.concat([named, Buffer.from('list.csv\0'), packed.subarray(10)]);
    const cutOff = gzipSync(Buffer.from(`${text} ${noise.toString()}`), { level: 0 }).subarray(0, 5000);
    expect(await isFoundIn(Buffer.concat([noise, packed, noise]))).toBe(true);
    expect(await isFoundIn(Buffer.concat([gzipSync('first'), packed]))).toBe(true);
    expect(await isFoundIn(withName)).toBe(true);
    expect(await isFoundIn(cutOff)).toBe(true);
    expect(await isFoundIn(gzipSync(gzipSync(gzipSync(text))))).toBe(true);
  });

  it('goes on after bytes that look like gzip and are none', async () => {
    const fake = Buffer.from([0x1f, 0x8b, 8, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
    expect(await isFoundIn(Buffer.concat([fake, fake, Buffer.from(text)]))).toBe(true);
    expect(await isFoundIn(Buffer.concat([fake, deflateRawSync(text)]))).toBe(false);
  });

  it('finds it in the name of a file, and says in which file', async () => {
    const scan = await scanOf({ [`below/${text.replaceAll(/[<>]/g, '')}.txt`]: Buffer.from('') });
    expect(scan.valuesFound).toBe(0);
    const named = await scanOf({ [`below/${text}.txt`]: Buffer.from('') });
    expect(named.findings).toMatchObject([{ label: 'canary', encoding: 'UTF-8' }]);
  });

  it('finds what a search one by one would find', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 8, maxLength: 12, size: 'max' });
    const haystack = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 5 }), haystack, (needles, hay) => {
        const data = Buffer.from(hay);
        const found: string[] = [];
        const search = new NeedleSearch(
          needles.map((needle) => ({ bytes: Buffer.from(needle), meaning: needle })),
        );
        search.find(data, data.length, (meaning, at) => found.push(`${at} ${meaning}`));
        const expected = needles.flatMap((needle) =>
          Array.from(hay, (_letter, at) => at)
            .filter((at) => hay.startsWith(needle, at))
            .map((at) => `${at} ${needle}`),
        );
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
