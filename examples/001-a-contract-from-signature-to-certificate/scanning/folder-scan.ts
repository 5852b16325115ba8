import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { scanFile } from './byte-scan';
import { encodings } from './encodings';
import { NeedleSearch, type Needle } from './needle-search';
import type { PlantedValue } from './planted-values';

/** What a scan of a folder found. It names values by their labels only. */
export interface FolderScan {
  readonly files: number;
  readonly bytes: number;
  /** How many values were looked for. */
  readonly valuesPlanted: number;
  /** How many of them were found at least once. */
  readonly valuesFound: number;
  readonly occurrences: number;
  /** The files in which something was found, with what and how often. */
  readonly findings: readonly ScanFinding[];
}

export interface ScanFinding {
  readonly file: string;
  readonly label: string;
  readonly encoding: string;
  readonly times: number;
}

interface Meaning {
  readonly label: string;
  readonly encoding: string;
}

const needlesOf = (values: readonly PlantedValue[]): readonly Needle<Meaning>[] => {
  const needles = new Map<string, Needle<Meaning>>();
  for (const { label, spellings } of values) {
    for (const { name: encoding, needlesOf: encode } of encodings) {
      for (const bytes of spellings.flatMap(encode)) {
        // Plain ASCII looks the same in several encodings: the first one in the list names it.
        const key = `${label} ${bytes.toString('latin1')}`;
        if (!needles.has(key)) needles.set(key, { bytes, meaning: { label, encoding } });
      }
    }
  }
  return [...needles.values()];
};

const filesBelow = async (folder: string, below = ''): Promise<readonly string[]> => {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesBelow(folder, path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
};

/**
 * Looks for planted values in every file below a folder, in every encoding, and in the names of the files.
 * `isLeftOut` is told the path of each file below the folder.
 */
export const scanFolder = async (
  folder: string,
  values: readonly PlantedValue[],
  isLeftOut: (file: string) => boolean = () => false,
): Promise<FolderScan> => {
  const search = new NeedleSearch(needlesOf(values));
  const findings = new Map<string, ScanFinding>();
  const files = (await filesBelow(folder)).filter((file) => !isLeftOut(file));
  let bytes = 0;
  for (const file of files) {
    const note = ({ label, encoding: plain }: Meaning, isCompressed = false): void => {
      const encoding = isCompressed ? `${plain} in gzip` : plain;
      const key = `${file} ${label} ${encoding}`;
      findings.set(key, { file, label, encoding, times: (findings.get(key)?.times ?? 0) + 1 });
    };
    const name = Buffer.from(file, 'utf8');
    search.find(name, name.length, (meaning) => note(meaning));
    bytes += await scanFile(join(folder, file), search, note);
  }
  const all = [...findings.values()];
  return {
    files: files.length,
    bytes,
    valuesPlanted: values.length,
    valuesFound: new Set(all.map(({ label }) => label)).size,
    occurrences: all.reduce((sum, { times }) => sum + times, 0),
    findings: all,
  };
};
