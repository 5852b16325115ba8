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

const isContainer = (entry: t.ContextEntry): boolean => {
  const tag: unknown = (entry.type as { readonly _tag?: unknown })._tag;
  return tag === 'UnionType' || tag === 'IntersectionType';
};

const pathOf = (context: t.Context): string =>
  context
    .slice(1)
    // The members of a union are numbered by io-ts; no field of the input has that number as its name.
    .filter((_entry, index) => !isContainer(context[index] as t.ContextEntry))
    .map(({ key }) => (/^\d+$/.test(key) ? `[${key}]` : /^[A-Za-z0-9-]{1,40}$/.test(key) ? `.${key}` : '.?'))
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
