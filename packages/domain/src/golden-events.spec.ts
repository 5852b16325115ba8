import { sentenceOfIssue } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import { isLeft } from 'fp-ts/Either';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MandateEvent } from './event';
import { mandateEventCodec } from './streams';
import { contractEvents, dataSetEvents, instructionEvents } from './testing';
import * as vocabulary from './vocabulary';

// Every version of every event that was ever stored must be readable for ever. `golden/` keeps examples of each,
// as stores keep them. A file is never rewritten: when the shape of an event changes, its version rises, and the
// examples of the new version are added with
//
//   MANDATE_WRITE_GOLDEN=1 npx jest packages/domain/src/golden-events && npx prettier --write packages/domain/golden
//
// which writes only the files that are missing.

type Stored = ReturnType<typeof mandateEventCodec.encode>;

const folder = join(__dirname, '../golden');
const generated: Readonly<Record<string, fc.Arbitrary<MandateEvent>>> = {
  ...contractEvents,
  ...instructionEvents,
  ...dataSetEvents,
};

const stored = (event: MandateEvent): Stored =>
  JSON.parse(JSON.stringify(mandateEventCodec.encode(event))) as Stored;

const read = (example: Stored): MandateEvent => {
  const decoded = mandateEventCodec.decode(example);
  if (isLeft(decoded)) throw new Error(decoded.left.issues.map(sentenceOfIssue).join(' '));
  return decoded.right;
};

const sampled = new Map<string, readonly Stored[]>();
/** Arbitrary events of a type as they are stored, with their fields in the order of the codec; always the same. */
const samplesOf = (type: string): readonly Stored[] => {
  const known = sampled.get(type);
  if (known !== undefined) return known;
  const events = fc.sample(generated[type]!, { seed: 20_260_329, numRuns: 300 });
  const samples = events.map((event) => stored(read(stored(event))));
  sampled.set(type, samples);
  return samples;
};

const versionOf = (type: string): number => samplesOf(type)[0]!.schemaVersion;

const words = new Set<unknown>(
  Object.values<unknown>(vocabulary)
    .filter((list) => list !== vocabulary.memberStates)
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .concat('all', 'authorised', 'unknown-issuer', 'days', 'months'),
);

/** What an example shows: which fields are there, which branch of a union, which word of a list, which signs. */
const shownBy = (value: unknown, path: string): readonly string[] => {
  if (Array.isArray(value))
    return [`${path} is a list`, ...value.flatMap((each) => shownBy(each, `${path}[]`))];
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const named = fields.map(([name]) => name).toSorted();
    return [
      `${path} has ${named.join(', ')}`,
      ...fields.flatMap(([name, each]) => shownBy(each, `${path}.${name}`)),
    ];
  }
  if (words.has(value)) return [`${path} is ${String(value)}`];
  if (typeof value === 'number') return [`${path} is ${value > 2 ** 32 ? 'large' : 'small'}`];
  const text = String(value);
  const signs = new Set(text.replaceAll(/[A-Za-z0-9]/g, ''));
  return [...signs, text.length > 30 ? 'many characters' : 'some characters'].map(
    (shown) => `${path} holds ${shown}`,
  );
};

const everythingShown = (examples: readonly Stored[]): ReadonlySet<string> =>
  new Set(examples.flatMap(({ data }) => shownBy(data, 'data')));

/** Few samples that show together what all of them show: whichever shows most that is new, the shortest of those. */
const fewOf = (samples: readonly Stored[]): readonly Stored[] => {
  const missing = new Set(everythingShown(samples));
  const chosen: Stored[] = [];
  while (missing.size > 0) {
    const ranked = samples.map((sample) => {
      const news = new Set(shownBy(sample.data, 'data').filter((shown) => missing.has(shown)));
      return { sample, news, length: JSON.stringify(sample).length };
    });
    const [best] = ranked.toSorted(
      (one, other) => other.news.size - one.news.size || one.length - other.length,
    );
    chosen.push(best!.sample);
    for (const shown of best!.news) missing.delete(shown);
  }
  return chosen;
};

const fileOf = (type: string, version: number): string => `${type}.v${version}.json`;
const examplesIn = (file: string): readonly Stored[] =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Stored[];

if (process.env['MANDATE_WRITE_GOLDEN'] === '1') {
  for (const type of mandateEventCodec.types) {
    const path = join(folder, fileOf(type, versionOf(type)));
    if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(fewOf(samplesOf(type)), null, 2)}\n`);
  }
}

const files = readdirSync(folder).toSorted();

describe('the golden files', () => {
  it('are those of every version of every type of event, and no others', () => {
    const expected = mandateEventCodec.types.flatMap((type) =>
      Array.from({ length: versionOf(type) }, (_, index) => fileOf(type, index + 1)),
    );
    expect(files).toEqual(expected.toSorted());
  });

  it.each(files)('%s holds what its name says, and can be read', (file) => {
    const examples = examplesIn(file);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(Object.keys(example)).toEqual(['type', 'schemaVersion', 'data']);
      expect(fileOf(example.type, example.schemaVersion)).toBe(file);
      const event = read(example);
      expect(event.type).toBe(example.type);
      // What is read under an older version is written under the present one, and read again.
      expect(read(stored(event))).toEqual(event);
    }
  });

  it.each(mandateEventCodec.types)('%s, present version: is written exactly as it is kept', (type) => {
    for (const example of examplesIn(fileOf(type, versionOf(type)))) {
      expect(stored(read(example))).toStrictEqual(example);
    }
  });

  it.each(mandateEventCodec.types)(
    '%s, present version: shows every optional field present and absent, every branch and every word',
    (type) => {
      const shown = everythingShown(examplesIn(fileOf(type, versionOf(type))));
      const missing = [...everythingShown(samplesOf(type))].filter((each) => !shown.has(each));
      // Which signs a reference holds is for choosing good examples only.
      expect(missing.filter((each) => !each.includes(' holds '))).toEqual([]);
    },
  );
});
