const hasCode = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

/** Codes and names of errors are written by programmers; anything longer or stranger is not told. */
const isTellable = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,60}$/.test(text);

/** What may be told about something that was thrown: its code, or the name of its class. */
export const codeOf = (error: unknown): string => {
  if (hasCode(error) && isTellable(error.code)) return error.code;
  return error instanceof Error && isTellable(error.name) ? error.name : 'unknown';
};
