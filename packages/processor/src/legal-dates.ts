import type { DecodeIssue } from '@mandate/event-sourcing';
import { resolveLegalDate } from './calendar';

/** An input in which every date in a zone has got its instant. */
export interface ResolvedInput {
  readonly value: unknown;
  readonly issues: readonly DecodeIssue[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWrittenDate = (
  value: Readonly<Record<string, unknown>>,
): value is { readonly date: string; readonly zone: string } =>
  Object.keys(value).length === 2 && typeof value['date'] === 'string' && typeof value['zone'] === 'string';

const childPath = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = /^[A-Za-z0-9-]{1,40}$/.test(key) ? key : '?';
  return path === '' ? name : `${path}.${name}`;
};

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
  if (isWrittenDate(input)) {
    const resolved = resolveLegalDate(input.date, input.zone);
    if (resolved !== undefined) return { value: resolved, issues: [] };
    const expected = 'a day that exists, like 2026-03-29, in an IANA time zone, like Europe/Warsaw';
    return { value: input, issues: [{ path, expected, found: 'another date or zone' }] };
  }
  const fields = Object.entries(input).map(([key, field]) => {
    const resolved = resolveLegalDates(field, childPath(path, key));
    return { entry: [key, resolved.value] as const, issues: resolved.issues };
  });
  return {
    value: Object.fromEntries(fields.map(({ entry }) => entry)),
    issues: fields.flatMap(({ issues }) => issues),
  };
};
