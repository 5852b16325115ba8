/** Whether a file operation failed with this code of the operating system, such as `ENOENT`. */
export const isFileError = (error: unknown, code: string): boolean =>
  // By code alone: under jest, errors of Node are not instances of the `Error` that is visible here.
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
