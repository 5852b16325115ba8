import {
  isInstant,
  placeOf,
  shapeOf,
  storeIdOf,
  type Clock,
  type DecodeIssue,
  type Instant,
  type Position,
  type StoreId,
} from '@mandate/event-sourcing';

/** What a decision is asked about, once its options are understood. */
export interface AskedTimes {
  readonly validAt: Instant;
  readonly knownAt?: Instant | Position;
  readonly strict: boolean;
}

export type ReadOptions = AskedTimes | { readonly issues: readonly DecodeIssue[] };

const instantExpected = 'an instant like 2026-03-29T00:00:00.000Z';
const knownExpected = `${instantExpected}, or a position of this store's log as a command answers with it`;
const names: readonly string[] = ['validAt', 'knownAt', 'strict'];

/** Whether a value is a place in the log of this very store; one of another says nothing about what was known here. */
const isPositionIn = (value: unknown, storeId: StoreId): value is Position => {
  if (typeof value !== 'string') return false;
  try {
    const position = value as Position;
    return storeIdOf(position) === storeId && placeOf(position).length > 0;
  } catch {
    return false;
  }
};

interface Option<Value> {
  readonly name: string;
  readonly expected: string;
  readonly is: (value: unknown) => value is Value;
}

const issuesOf = ({ name, expected, is }: Option<unknown>, value: unknown): readonly DecodeIssue[] =>
  is(value) ? [] : [{ path: `options.${name}`, expected, found: shapeOf(value) }];

const validAtOption: Option<Instant> = { name: 'validAt', expected: instantExpected, is: isInstant };

const knownAtOption = (storeId: StoreId): Option<Instant | Position | undefined> => ({
  name: 'knownAt',
  expected: knownExpected,
  is: (value) => value === undefined || isInstant(value) || isPositionIn(value, storeId),
});

const strictOption: Option<boolean> = {
  name: 'strict',
  expected: 'true or false',
  is: (value) => typeof value === 'boolean',
};

/** The name of an option is never repeated either: what stands in the wrong place could be anything. */
const unknownIn = (options: object): readonly DecodeIssue[] =>
  Object.keys(options).every((name) => names.includes(name))
    ? []
    : [{ path: 'options', expected: `no option but ${names.join(', ')}`, found: 'another one' }];

const checked = (options: object, clock: Clock, storeId: StoreId): ReadOptions => {
  const { validAt = clock(), knownAt, strict = false } = options as Readonly<Record<string, unknown>>;
  const known = knownAtOption(storeId);
  const issues = [
    ...unknownIn(options),
    ...issuesOf(validAtOption, validAt),
    ...issuesOf(known, knownAt),
    ...issuesOf(strictOption, strict),
  ];
  const isRight = validAtOption.is(validAt) && known.is(knownAt) && strictOption.is(strict);
  if (issues.length > 0 || !isRight) return { issues };
  return { validAt, strict, ...(knownAt === undefined ? {} : { knownAt }) };
};

/**
 * Reads the options of a decision. One that is not known is refused rather than ignored: `knownat` in place of
 * `knownAt` would be answered by what nobody knew then.
 */
export const readOptions = (options: unknown, clock: Clock, storeId: StoreId): ReadOptions => {
  if (typeof options !== 'object' || options === null) {
    return { issues: [{ path: 'options', expected: 'an object', found: shapeOf(options) }] };
  }
  try {
    return checked(options, clock, storeId);
  } catch {
    // A getter or a proxy that throws; what it throws may quote anything.
    return { issues: [{ path: 'options', expected: 'plain data', found: 'something that cannot be read' }] };
  }
};
