import { isRecord, type DecodeIssue } from '@mandate/event-sourcing';
import { isTimeZone, resolveLegalDate } from './calendar';

/** An input in which every date in a zone has got its instant. */
export interface ResolvedInput {
  readonly value: unknown;
  readonly issues: readonly DecodeIssue[];
}

type Fields = Readonly<Record<string, unknown>>;

const isWrittenDate = (value: Fields): value is { readonly date: string; readonly zone: string } =>
  typeof value['date'] === 'string' &&
  typeof value['zone'] === 'string' &&
  Object.keys(value).every((key) => ['date', 'zone', 'at'].includes(key));

const childPath = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  // A key that begins with a digit could be somebody's phone number.
  const name = /^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(key) ? key : '?';
  return path === '' ? name : `${path}.${name}`;
};

const resolvedDate = (
  value: { readonly date: string; readonly zone: string },
  path: string,
): ResolvedInput => {
  if (Object.hasOwn(value, 'at')) {
    const expected = 'no instant beside a day and its zone, from which it is resolved';
    return { value, issues: [{ path: childPath(path, 'at'), expected, found: 'one' }] };
  }
  const resolved = resolveLegalDate(value.date, value.zone);
  if (resolved !== undefined) return { value: resolved, issues: [] };
  const expected = 'a day that exists, like 2026-03-29, in an IANA time zone, like Europe/Warsaw';
  return { value, issues: [{ path, expected, found: 'another date or zone' }] };
};

/** A zone that stands by itself counts days later, when it is too late to correct it. */
const zoneIssues = (key: string, field: unknown, path: string): readonly DecodeIssue[] =>
  key === 'zone' && typeof field === 'string' && !isTimeZone(field)
    ? [{ path, expected: 'an IANA time zone, like Europe/Warsaw', found: 'another zone' }]
    : [];

/**
 * Resolves every `{ date, zone }` in an input, once, before it is decoded and recorded. A date or zone that
 * does not exist is an issue at its place.
 */
export const resolveLegalDates = (input: unknown, path = ''): ResolvedInput => {
  if (Array.isArray(input)) {
    const items = input.map((item: unknown, index) => resolveLegalDates(item, childPath(path, index)));
    return { value: items.map(({ value }) => value), issues: items.flatMap(({ issues }) => issues) };
  }
  if (!isRecord(input)) return { value: input, issues: [] };
  if (isWrittenDate(input)) return resolvedDate(input, path);
  const fields = Object.entries(input).map(([key, field]) => {
    const place = childPath(path, key);
    const { value, issues } = resolveLegalDates(field, place);
    return { entry: [key, value] as const, issues: [...issues, ...zoneIssues(key, field, place)] };
  });
  return {
    value: Object.fromEntries(fields.map(({ entry }) => entry)),
    issues: fields.flatMap(({ issues }) => issues),
  };
};

/** What the library itself hands on: its dates were resolved when they were recorded, and stay as they are. */
export const alreadyResolved = (value: unknown): ResolvedInput => ({ value, issues: [] });
