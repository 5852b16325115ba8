import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { runs } from '@mandate/domain/testing';
import fc from 'fast-check';
import { brokenOffAt, cutInto, outcomesOf } from '../../testing/read-outcomes';
import {
  mistakesOfReading,
  mistakesOfTheEnd,
  openWhatIsThere,
  type ReaderChange,
} from '../../testing/wrong-readers';
import { csvLogs, unsoundCsvLogs } from '../../testing/written-csv';
import { jsonLogs } from '../../testing/written-json-lines';
import { pieceSizes, type WrittenLog } from '../../testing/written-log';
import { readCsvRows } from './csv-rows';
import { readJsonLines } from './json-lines';
import { openLog } from './log-bytes';
import type { LogBytes, ReadRows } from './row-sink';

interface Format {
  readonly read: ReadRows;
  readonly logs: fc.Arbitrary<WrittenLog>;
}

const lineBytesMax = 60;
const csvWith = (delimiter: string): ReadRows =>
  readCsvRows({ delimiter, rowBytesMax: 100_000, onHead: () => undefined, isWanted: () => true });
const readCsv = csvWith(',');
const jsonLines: Format = { read: readJsonLines(lineBytesMax), logs: jsonLogs(lineBytesMax) };
const csv: Format = { read: readCsv, logs: csvLogs(',') };
const barred: Format = {
  read: csvWith('||'),
  logs: csvLogs('||'),
};
const formats = [
  ['JSON Lines', jsonLines],
  ['CSV', csv],
  ['CSV with two bars between columns', barred],
] as const;

const unchanged: ReaderChange = (read) => read;

/** Whatever the pieces, what comes of a log is what comes of it when all of it is there. */
const isReadAsWritten = ({ read, logs }: Format, change = unchanged) =>
  fc.asyncProperty(logs, pieceSizes, async ({ bytes, outcomes }, sizes) => {
    expect(await outcomesOf(change(read), openLog(cutInto(bytes, sizes)))).toEqual(outcomes);
  });

const fractions = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const newlinesIn = (bytes: Buffer): number => bytes.toString('latin1').split('\n').length - 1;

/** What is given out of a log that breaks off is what is there in front of a line, and that line is named. */
const isCutOffInOrder = ({ read, logs }: Format, change = unchanged) =>
  fc.asyncProperty(logs, pieceSizes, fractions, async ({ bytes, outcomes }, sizes, fraction) => {
    const at = Math.floor(fraction * bytes.length);
    const found = await outcomesOf(change(read), openLog(brokenOffAt(bytes, at, sizes)));
    const [given, end] = [found.slice(0, -1), found.at(-1)];
    expect(end).toMatchObject({ problem: 'log-cut-off' });
    expect(given).toEqual(outcomes.slice(0, given.length));
    const line = end?.line ?? 0;
    const following = outcomes[given.length]?.line ?? Infinity;
    expect(line).toBeLessThanOrEqual(following);
    expect(line).toBeLessThanOrEqual(newlinesIn(bytes.subarray(0, at)) + 1);
    // A reader looks ahead by some bytes, and at the next row to know that one has ended.
    const passed = newlinesIn(bytes.subarray(0, Math.max(0, at - 8)));
    expect(given.length).toBeGreaterThanOrEqual(
      outcomes.filter((outcome) => outcome.line <= passed).length - 2,
    );
  });

type Open = (packed: AsyncIterable<Uint8Array>) => LogBytes | Promise<LogBytes>;

/** A log packed in one to three parts, and where each part ends. */
const packedLogs = fc.tuple(jsonLines.logs, fc.array(fractions, { maxLength: 2 })).map(([log, cuts]) => {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * log.bytes.length)), log.bytes.length].toSorted(
    (one, other) => one - other,
  );
  const parts = places.slice(1).map((place, index) => gzipSync(log.bytes.subarray(places[index], place)));
  const ends = parts.map((_part, index) => Buffer.concat(parts.slice(0, index + 1)).length);
  return { packed: Buffer.concat(parts), ends, outcomes: log.outcomes };
});

const isUnpackedAsWritten = (open: Open = openLog) =>
  fc.asyncProperty(packedLogs, pieceSizes, async ({ packed, outcomes }, sizes) => {
    expect(await outcomesOf(jsonLines.read, open(cutInto(packed, sizes)))).toEqual(outcomes);
  });

/** Two bytes are what a packed log is known by; behind the end of a part nobody can know that there was another. */
const isNeverCompleteWhenCut = (open: Open = openLog) =>
  fc.asyncProperty(packedLogs, pieceSizes, fractions, async ({ packed, ends }, sizes, fraction) => {
    const at = 2 + Math.floor(fraction * (packed.length - 2));
    fc.pre(!ends.includes(at));
    const found = await outcomesOf(jsonLines.read, open(cutInto(packed.subarray(0, at), sizes)));
    expect(found.at(-1)).toMatchObject({ problem: 'log-cut-off' });
  });

const isNeverCompleteWithMore = (open: Open = openLog) =>
  fc.asyncProperty(
    packedLogs,
    pieceSizes,
    fc.uint8Array({ minLength: 1 }),
    async ({ packed }, sizes, more) => {
      const found = await outcomesOf(jsonLines.read, open(cutInto(Buffer.concat([packed, more]), sizes)));
      expect(found.at(-1)).toMatchObject({ problem: 'log-cut-off' });
    },
  );

/** Rows are read up to one whose end nobody can see; what follows is not taken for rows, and not passed over in silence. */
const endsWhereQuotesDo = (change = unchanged) =>
  fc.asyncProperty(unsoundCsvLogs, pieceSizes, async ({ bytes, outcomes }, sizes) => {
    expect(await outcomesOf(change(readCsv), openLog(cutInto(bytes, sizes)))).toEqual(outcomes);
  });

describe.each(formats)('a log of %s', (_name, format) => {
  it('is read the same, wherever its bytes are cut', async () => {
    await fc.assert(isReadAsWritten(format), runs(500));
  });

  it('that breaks off is read up to a line, which is named', async () => {
    await fc.assert(isCutOffInOrder(format), runs(500));
  });

  it('is read the same when it is cut at each of its bytes, and into pieces of each size', async () => {
    for (const { bytes, outcomes } of fc.sample(format.logs, { numRuns: 12, seed: 1 })) {
      for (let at = 1; at <= bytes.length; at += 1) {
        for (const sizes of [[at, bytes.length], [at]]) {
          expect(await outcomesOf(format.read, openLog(cutInto(bytes, sizes)))).toEqual(outcomes);
        }
      }
    }
  });

  it.each(mistakesOfReading)('would not be read the same if %s', async (_what, change) => {
    const { failed } = await fc.check(isReadAsWritten(format, change), { numRuns: 1000, seed: 1 });
    expect(failed).toBe(true);
  });

  it.each(mistakesOfTheEnd)('would not be read up to a line if %s', async (_what, change) => {
    const { failed } = await fc.check(isCutOffInOrder(format, change), { numRuns: 1000, seed: 1 });
    expect(failed).toBe(true);
  });
});

describe('a log of CSV with a quote that ends nowhere', () => {
  it('is read up to that row', async () => {
    await fc.assert(endsWhereQuotesDo(), runs(500));
  });

  it('would not be if what is broken were passed over', async () => {
    const [, change] = mistakesOfReading.at(-1) ?? [];
    const { failed } = await fc.check(endsWhereQuotesDo(change), { numRuns: 1000, seed: 1 });
    expect(failed).toBe(true);
  });
});

describe('a packed log', () => {
  it('is unpacked the same, wherever its bytes are cut, in one part or several', async () => {
    await fc.assert(isUnpackedAsWritten(), runs(200));
  });

  it('of which something is missing is never complete', async () => {
    await fc.assert(isNeverCompleteWhenCut(), runs(500));
  });

  it('with something behind its end is never complete', async () => {
    await fc.assert(isNeverCompleteWithMore(), runs(200));
  });

  it.each([
    ['a beginning were enough', isNeverCompleteWhenCut(openWhatIsThere)],
    ['what stands behind it did not matter', isNeverCompleteWithMore(openWhatIsThere)],
    ['it were not unpacked', isUnpackedAsWritten((pieces) => ({ pieces, cutOff: () => undefined }))],
  ])('would not be read so if %s', async (_what, property) => {
    const { failed } = await fc.check(property as fc.IAsyncProperty<unknown>, { numRuns: 1000, seed: 1 });
    expect(failed).toBe(true);
  });
});
