import { sentenceOfIssue, type JsonObject } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import type { MandateEvent } from './event';
import { mandateEventCodec } from './streams';
import { contractEvents, dataSetEvents, instructionEvents, runs } from './testing';

type Path = readonly (string | number)[];
interface Place {
  readonly path: Path;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value itself and everything inside it, each with the way there. */
const placesIn = (value: unknown, path: Path = []): readonly Place[] => {
  const inner = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return [{ path, value }, ...inner.flatMap(([step, each]) => placesIn(each, [...path, step]))];
};

/** The value with one place in it changed; `undefined` takes a field away. */
const changedAt = (value: unknown, [step, ...rest]: Path, change: (before: unknown) => unknown): unknown => {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => (index === step ? changedAt(each, rest, change) : each));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: changedAt(fields[step], rest, change) };
};

const spelled = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** All that may be absent. Whatever is not named here is required. */
const optional = [
  /^supersedes$/,
  /^content\.specialCategories$/,
  /(?:^|\.)interval\.until$/,
  /^stores?(?:\[\d+\])?\.backupRetention$/,
  /^receipt\.evidenceDigest$/,
];
const isOptional = (path: Path): boolean => optional.some((pattern) => pattern.test(spelled(path)));

const generated: Readonly<Record<string, fc.Arbitrary<MandateEvent>>> = {
  ...contractEvents,
  ...instructionEvents,
  ...dataSetEvents,
};
const cases = mandateEventCodec.types.map((type) => [type, generated[type]!] as const);

type Stored = ReturnType<typeof mandateEventCodec.encode>;
const storedOf = (event: MandateEvent): Stored =>
  JSON.parse(JSON.stringify(mandateEventCodec.encode(event))) as Stored;

/** What the codec says to a stored event with one place changed: nothing when it reads it after all. */
const complaintsAbout = (
  stored: Stored,
  path: Path,
  change: (before: unknown) => unknown,
): readonly { readonly path: string; readonly sentence: string }[] => {
  const data = JSON.parse(JSON.stringify(changedAt(stored.data, path, change))) as JsonObject;
  const decoded = mandateEventCodec.decode({ ...stored, data });
  if (!isLeft(decoded)) return [];
  return decoded.left.issues.map((issue) => ({ path: issue.path, sentence: sentenceOfIssue(issue) }));
};

/** Where a union is meant, the complaint of its other branch stands at the union itself, not inside it. */
const pointsAt = (complaints: readonly { readonly path: string }[], place: string): boolean =>
  complaints.some(({ path }) => path === place) && complaints.every(({ path }) => place.startsWith(path));

/** Checks every place of arbitrary events; the check answers with what is wrong there. */
const everyPlace = (
  arbitrary: fc.Arbitrary<MandateEvent>,
  faultsAt: (stored: Stored, place: Place) => readonly unknown[],
): void =>
  fc.assert(
    fc.property(arbitrary, (event) => {
      const stored = storedOf(event);
      const faults = placesIn(stored.data).flatMap((place) =>
        faultsAt(stored, place).map((fault) => [spelled(place.path), fault]),
      );
      expect(faults).toEqual([]);
    }),
    runs(10),
  );

const canaries = ['anna.kowalska@example.com', '+48 600 700 800', '+48600700800', 'Anna Kowalska'];
const traces = /anna|kowalska|example\.com|600|700|800/i;

describe.each(cases)('%s', (type, arbitrary) => {
  it('is read back as it was written, and written again as it was read', () => {
    fc.assert(
      fc.property(arbitrary, (event) => {
        const stored = storedOf(event);
        expect(stored).toEqual({ type, schemaVersion: stored.schemaVersion, data: event.data });
        expect(mandateEventCodec.decode(stored)).toEqual(right(event));
      }),
      runs(30),
    );
  });

  it('takes no field that it does not have, at the top or further in', () => {
    everyPlace(arbitrary, (stored, { path, value }) => {
      if (!isObject(value)) return [];
      const complaints = complaintsAbout(stored, path, (fields) => ({ ...(fields as object), surplus: 1 }));
      return pointsAt(complaints, spelled([...path, 'surplus'])) ? [] : [complaints];
    });
  });

  it('lacks no required field, and may lack each optional one', () => {
    everyPlace(arbitrary, (stored, { path }) => {
      if (typeof path.at(-1) !== 'string') return [];
      const complaints = complaintsAbout(stored, path, () => undefined);
      const isRight = isOptional(path) ? complaints.length === 0 : pointsAt(complaints, spelled(path));
      return isRight ? [] : [complaints];
    });
  });

  it('takes no value of another kind', () => {
    everyPlace(arbitrary, (stored, { path, value }) =>
      [null, true, 'of another kind', -1, 0.5, { of: 'another kind' }, [null]].flatMap((other) => {
        if (path.length === 0 || (isObject(value) && isObject(other))) return [];
        const complaints = complaintsAbout(stored, path, () => other);
        const isRight = [path, [...path, 0]].some((place) => pointsAt(complaints, spelled(place)));
        return isRight ? [] : [{ other, complaints }];
      }),
    );
  });

  it('takes no empty list, but one: a contract may begin without anybody who instructs', () => {
    everyPlace(arbitrary, (stored, { path, value }) => {
      if (!Array.isArray(value)) return [];
      const complaints = complaintsAbout(stored, path, () => []);
      const isRight = path[0] === 'issuers' ? complaints.length === 0 : pointsAt(complaints, spelled(path));
      return isRight ? [] : [complaints];
    });
  });

  it('has no room for an address, a phone number or a name, and does not repeat one that was tried', () => {
    everyPlace(arbitrary, (stored, { path, value }) =>
      canaries.flatMap((canary) => {
        const complaints =
          typeof value === 'string'
            ? complaintsAbout(stored, path, () => canary)
            : complaintsAbout(stored, path, (fields) => ({ ...(fields as object), [canary]: canary }));
        const isQuiet = !complaints.some(({ sentence }) => traces.test(sentence));
        return complaints.length > 0 && isQuiet ? [] : [{ canary, complaints }];
      }),
    );
  });

  it('is not written with an address in it either', () => {
    everyPlace(arbitrary, (stored, { path, value }) => {
      if (typeof value !== 'string') return [];
      const data = changedAt(stored.data, path, () => canaries[0]);
      try {
        mandateEventCodec.encode({ type, data } as never);
        return ['was written'];
      } catch (error) {
        return traces.test(String(error)) ? ['was repeated'] : [];
      }
    });
  });
});

// What no pattern can tell from a code or a number of the platform's own. The lists may get shorter, not longer.
describe('what looks like a code of the platform', () => {
  const fieldsThatTake = (text: unknown): readonly string[] => {
    const fields = cases.flatMap(([, arbitrary]) =>
      fc.sample(arbitrary, { seed: 1, numRuns: 20 }).flatMap((event) => {
        const stored = storedOf(event);
        return placesIn(stored.data)
          .filter(({ value }) => typeof value === typeof text)
          .filter(({ path }) => complaintsAbout(stored, path, () => text).length === 0)
          .map(({ path }) => path.findLast((step) => typeof step === 'string'));
      }),
    );
    return [...new Set(fields)].map(String).toSorted();
  };

  it.each([
    ['a phone number', '48600700800', []],
    ['a phone number with hyphens', '600-700-800', []],
    ['a phone number with points', '600.700.800', ['clause', 'clauses']],
    [
      'a name in one word',
      'anna-kowalska',
      ['article', 'law', 'name', 'reference', 'store', 'stores', 'zone'],
    ],
  ])('fits where such codes stand, and nowhere else: %s', (_what, text, fields) => {
    expect(fieldsThatTake(text)).toEqual(fields);
  });
});
