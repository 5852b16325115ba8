import type { DecodeIssue } from '@mandate/event-sourcing';
import { fieldIn, itemIn } from './field-path';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const isDay = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

/**
 * The data of a command as the library will record it: with an instant beside every day in a zone. The library
 * resolves the instant itself; any will do for looking at the shape beforehand.
 */
export const withSomeInstants = (input: unknown): unknown => {
  if (Array.isArray(input)) return input.map(withSomeInstants);
  if (!isRecord(input)) return input;
  const { date, zone, ...others } = input;
  if (typeof date === 'string' && typeof zone === 'string' && Object.keys(others).length === 0) {
    return { date, zone, at: '2000-01-01T00:00:00.000Z' };
  }
  return Object.fromEntries(Object.entries(input).map(([key, field]) => [key, withSomeInstants(field)]));
};

/** Every day in a zone that does not exist. */
export const datesThatDoNotExist = (input: unknown, path = ''): readonly DecodeIssue[] => {
  if (Array.isArray(input)) {
    return input.flatMap((item: unknown, index) => datesThatDoNotExist(item, itemIn(path, index)));
  }
  if (!isRecord(input)) return [];
  const { date, zone } = input;
  if (typeof date === 'string' && typeof zone === 'string' && !(isDay(date) && isZone(zone))) {
    const expected = 'a day that exists, like 2026-03-29, in an IANA time zone, like Europe/Warsaw';
    return [{ path, expected, found: 'another date or zone' }];
  }
  return Object.entries(input).flatMap(([key, field]) => datesThatDoNotExist(field, fieldIn(path, key)));
};
