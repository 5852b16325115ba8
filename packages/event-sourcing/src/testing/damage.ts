import fc, { type Arbitrary } from 'fast-check';

type Step = string | number;
type Path = readonly Step[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The way to every place in a value, the value itself first. */
const pathsIn = (value: unknown, path: Path = []): readonly Path[] => {
  const inner: readonly (readonly [Step, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([step, each]) => pathsIn(each, [...path, step]))];
};

const changedAt = (value: unknown, [step, ...rest]: Path, change: (before: unknown) => unknown): unknown => {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => (index === step ? changedAt(each, rest, change) : each));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: changedAt(fields[step], rest, change) };
};

const lacking = (value: unknown, choice: number): unknown => {
  if (Array.isArray(value)) return value.filter((_, index) => index !== choice % value.length);
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== names[choice % names.length]));
};

const surplus = (value: unknown, added: unknown): unknown => {
  if (Array.isArray(value)) return [...(value as unknown[]), added];
  return isObject(value) ? { ...value, surplus: added } : [value];
};

const turnedAround = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.toReversed();
  return isObject(value) ? Object.fromEntries(Object.entries(value).toReversed()) : String(value);
};

const strange = fc.constantFrom<unknown[]>(
  ...[undefined, null, '', 'x', 0, -0, -1, 0.5, Number.NaN],
  true,
  [],
  {},
  [null],
);

/** A value as it may be, or with one place in it changed: replaced, lacking, too much, in another order. */
export const perhapsDamaged = (value: unknown): Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...pathsIn(value)), fc.nat({ max: 5 }), fc.nat({ max: 20 }), strange)
    .map(([path, kind, choice, other]) => {
      const changes = [
        () => other,
        (before: unknown) => lacking(before, choice),
        (before: unknown) => surplus(before, other),
        turnedAround,
      ];
      const change = changes[kind];
      return change === undefined ? value : changedAt(value, path, change);
    });
