/** What went wrong, as far as those who use this package can do something about it. */
export type PostgresTrouble =
  | { readonly kind: 'unreachable'; readonly sentence: string }
  | { readonly kind: 'busy'; readonly sentence: string }
  | { readonly kind: 'forbidden'; readonly sentence: string }
  | { readonly kind: 'damaged'; readonly sentence: string }
  | { readonly kind: 'unfit'; readonly sentence: string };

const textIn = (error: unknown, field: string): string | undefined => {
  if (typeof error !== 'object' || error === null || !(field in error)) return undefined;
  const value = (error as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : undefined;
};

/** The five characters by which PostgreSQL names an error (Appendix A of its manual); undefined for other errors. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const code = textIn(error, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && textIn(error, 'severity') !== undefined
    ? code
    : undefined;
};

/** Whether the same transaction, begun anew, may well succeed: somebody else was in the way at that moment. */
export const isWorthRepeating = (error: unknown): boolean => {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
};

const sentences: readonly (readonly [states: RegExp, trouble: PostgresTrouble])[] = [
  [
    /^(?:55P03|57014)$/,
    { kind: 'busy', sentence: 'another session holds a lock on the tables for too long' },
  ],
  [/^(?:40001|40P01)$/, { kind: 'busy', sentence: 'other sessions were in the way again and again' }],
  [/^25006$/, { kind: 'unreachable', sentence: 'the server takes no writes: it is a standby, or read-only' }],
  [/^(?:08|57P)/, { kind: 'unreachable', sentence: 'the server ended the connection' }],
  [
    /^(?:53|58)/,
    { kind: 'unreachable', sentence: 'the server has no room, no memory or no connection left' },
  ],
  [/^28/, { kind: 'forbidden', sentence: 'the server does not let this user in' }],
  [/^3D000$/, { kind: 'forbidden', sentence: 'the database does not exist' }],
  [/^42501$/, { kind: 'forbidden', sentence: 'the user may not do this to the tables' }],
  [/^(?:XX|3F000|42)/, { kind: 'damaged', sentence: 'the tables are damaged, or not as they were made' }],
];

// What Node and `pg` say when there is no connection, or no longer one.
const systemCodes = /^(?:E[A-Z]{3,}|ERR_SSL.*)$/;
const clientMessages =
  /connection terminated|timeout|not queryable|connection error|server does not support SSL/i;

/**
 * What an error of the server or the connection to it means; undefined for every other error. Sentences hold nothing of
 * what PostgreSQL said: its details quote values.
 */
export const troubleOf = (error: unknown): PostgresTrouble | undefined => {
  const state = sqlStateOf(error);
  if (state !== undefined) {
    const known = sentences.find(([states]) => states.test(state));
    return known?.[1] ?? { kind: 'unfit', sentence: `the server refused (SQLSTATE ${state})` };
  }
  const isOfTheConnection =
    systemCodes.test(textIn(error, 'code') ?? '') || clientMessages.test(textIn(error, 'message') ?? '');
  return isOfTheConnection
    ? { kind: 'unreachable', sentence: 'the server cannot be reached, or the connection broke' }
    : undefined;
};
