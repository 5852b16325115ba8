/** Something that was given to the command cannot be used: what was expected, found, where, and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code = 'wrong-input';
}

/** Tells this error from any other. */
export const isInputError = (error: unknown): error is InputError =>
  error instanceof Error && 'code' in error && error.code === 'wrong-input';
