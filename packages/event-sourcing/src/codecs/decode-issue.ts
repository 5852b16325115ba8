import type * as t from 'io-ts';

/** One thing that is wrong with an input: where, what was expected, what was found. Never the value itself. */
export interface DecodeIssue {
  /** Like `data.grants[0].channels`; empty when the whole input is meant. */
  readonly path: string;
  readonly expected: string;
  /** Describes the shape only: values may be somebody's address that strayed into the wrong field. */
  readonly found: string;
}

/** The shape of a value in words, without the value. */
export const shapeOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length} items`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Whether a key may be shown: one that begins with a digit could be somebody's phone number. */
export const isPrintableKey = (key: string): boolean => /^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(key);

const stepOf = (parent: t.ContextEntry, { key, actual }: t.ContextEntry): string => {
  const tag: unknown = (parent.type as { readonly _tag?: unknown })._tag;
  const isContainer = tag === 'UnionType' || tag === 'IntersectionType';
  // The members of a union are numbered by io-ts; no field of the input has that number as its name. A union may
  // hide in another codec, but then the member stands for the same value as the whole.
  if (isContainer || Object.is(actual, parent.actual)) return '';
  if (Array.isArray(parent.actual)) return `[${key}]`;
  return isPrintableKey(key) ? `.${key}` : '.?';
};

const pathOf = (context: t.Context): string =>
  context
    .slice(1)
    .map((entry, index) => stepOf(context[index] as t.ContextEntry, entry))
    .join('')
    .replace(/^\./, '');

const issueOf = (error: t.ValidationError): DecodeIssue => ({
  path: pathOf(error.context),
  expected: error.context.at(-1)?.type.name ?? 'something else',
  found: shapeOf(error.value),
});

/** The issues behind the errors of io-ts, each place once, what was expected there joined with "or". */
export const decodeIssuesOf = (errors: t.Errors): readonly DecodeIssue[] => {
  const byPath = new Map<string, DecodeIssue>();
  for (const issue of errors.map(issueOf)) {
    const earlier = byPath.get(issue.path);
    const isNews = earlier !== undefined && !earlier.expected.split(' or ').includes(issue.expected);
    if (earlier === undefined) byPath.set(issue.path, issue);
    else if (isNews)
      byPath.set(issue.path, { ...issue, expected: `${earlier.expected} or ${issue.expected}` });
  }
  return [...byPath.values()];
};

/** An issue as a sentence for a person. */
export const sentenceOfIssue = ({ path, expected, found }: DecodeIssue): string =>
  `${path === '' ? 'The input' : path}: expected ${expected}, found ${found}.`;
