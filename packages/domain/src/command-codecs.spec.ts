import { decodeIssuesOf, sentenceOfIssue } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import type * as t from 'io-ts';
import type { CommandCodecs } from './command-codecs';
import { contractCommandCodecs } from './contract';
import { instructionCommandCodecs } from './processing-instruction';
import { dataSetCommandCodecs } from './recipient-data-set';
import { arbitraryValues, contractCommands, dataSetCommands, instructionCommands, runs } from './testing';
import type { MandateCommand } from './testing';
import { legalBases } from './vocabulary';

const typedCodecs: CommandCodecs<MandateCommand> = {
  ...contractCommandCodecs,
  ...instructionCommandCodecs,
  ...dataSetCommandCodecs,
};
// A codec of some data can decode anything, and encode only its own; here it is given only its own.
const codecs = typedCodecs as unknown as Readonly<Record<MandateCommand['type'], t.Type<object, unknown>>>;
const generated: Readonly<Record<string, fc.Arbitrary<MandateCommand>>> = {
  ...contractCommands,
  ...instructionCommands,
  ...dataSetCommands,
};
const cases = Object.entries(codecs).map(([type, codec]) => [type, codec, generated[type]!] as const);

type Path = readonly (string | number)[];
interface Change {
  readonly path: Path;
  readonly what: 'a field more' | 'a field less' | 'a wrong value' | 'an address';
  readonly data: unknown;
}

const canary = 'anna.kowalska@example.com';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (fields: Readonly<Record<string, unknown>>, name: string): object =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));

/** The data with one thing made wrong, in every way and at every place; each with the place of what is wrong. */
const changesOf = (value: unknown): readonly Change[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      changesOf(item).map((change) => ({
        ...change,
        path: [index, ...change.path],
        data: value.with(index, change.data),
      })),
    );
  }
  if (!isObject(value)) {
    const wrong = { path: [], what: 'a wrong value', data: { of: 'another kind' } } as const;
    return typeof value === 'string' ? [wrong, { path: [], what: 'an address', data: canary }] : [wrong];
  }
  const inside = Object.entries(value).flatMap(([name, field]): readonly Change[] => [
    { path: [name], what: 'a field less', data: without(value, name) },
    ...changesOf(field).map((change) => ({
      ...change,
      path: [name, ...change.path],
      data: { ...value, [name]: change.data },
    })),
  ]);
  const more = { path: ['surplus'], what: 'a field more', data: { ...value, surplus: canary } } as const;
  return [more, ...inside];
};

const spelled = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** All that may be absent. Whatever is not named here is required. */
const optional =
  /^supersedes$|^content\.specialCategories$|(?:^|\.)interval\.until$|^stores?(?:\[\d+\])?\.backupRetention$|^receipt\.evidenceDigest$/;

const isReadable = ({ path, what }: Change): boolean =>
  what === 'a field less' && optional.test(spelled(path));

const faultOf = (codec: t.Type<object, unknown>, change: Change): readonly unknown[] => {
  const decoded = codec.decode(change.data);
  const issues = isLeft(decoded) ? decodeIssuesOf(decoded.left) : [];
  const place = spelled(change.path);
  // Where a union is meant, the complaint of its other branch stands at the union itself.
  const isThere =
    issues.some(({ path }) => path === place) && issues.every(({ path }) => place.startsWith(path));
  const isQuiet = !issues.some((issue) => sentenceOfIssue(issue).includes('anna'));
  const isRight = isReadable(change) ? issues.length === 0 : isThere && isQuiet;
  return isRight ? [] : [{ place, what: change.what, issues }];
};

describe.each(cases)('%s', (_type, codec, arbitrary) => {
  it('is understood as it was sent, also over JSON', () => {
    fc.assert(
      fc.property(arbitrary, ({ data }) => {
        expect(codec.decode(data)).toEqual(right(data));
        const sent: unknown = JSON.parse(JSON.stringify(codec.encode(data)));
        expect(sent).toEqual(data);
        expect(codec.decode(sent)).toEqual(right(data));
      }),
      runs(30),
    );
  });

  it('is refused with a field more, a field less, a wrong value or an address, which is not repeated', () => {
    fc.assert(
      fc.property(arbitrary, ({ data }) => {
        const changes = changesOf(JSON.parse(JSON.stringify(data)));
        expect(changes.flatMap((change) => faultOf(codec, change))).toEqual([]);
      }),
      runs(15),
    );
  });

  it.each([null, undefined, [], 'a command', 7])('is refused as %j', (input) => {
    expect(codec.decode(input)).toMatchObject({ _tag: 'Left' });
  });
});

describe('an instruction without a legal basis', () => {
  const content = arbitraryValues.instructionContent.map((each) => ({
    ...each,
    legalBasis: 'none-asserted',
  }));

  it.each(['IssueInstruction', 'AmendInstruction'] as const)(
    'can be said in %s, so that the refusal can name the reason',
    (type) => {
      fc.assert(
        fc.property(generated[type]!, content, ({ data }, asserted) => {
          expect(codecs[type].decode({ ...data, content: asserted })).toMatchObject({
            right: { content: { legalBasis: 'none-asserted' } },
          });
        }),
        runs(30),
      );
    },
  );

  it('is said with that word alone: leaving the field out or empty is no command', () => {
    const [command] = fc.sample(instructionCommands.IssueInstruction, { seed: 1, numRuns: 1 });
    const complaintsAbout = (legalBasis: unknown): readonly string[] => {
      const decoded = codecs.IssueInstruction.decode({
        ...command!.data,
        content: { ...command!.data.content, legalBasis },
      });
      return isLeft(decoded) ? decodeIssuesOf(decoded.left).map(({ path }) => path) : [];
    };
    for (const basis of [...legalBases, 'none-asserted']) expect(complaintsAbout(basis)).toEqual([]);
    for (const basis of [undefined, null, '', 'none', 'consent']) {
      expect(complaintsAbout(basis)).toEqual(['content.legalBasis']);
    }
  });
});
