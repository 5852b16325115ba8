const codes = ['send-log-option', 'send-log-columns', 'send-log-unreadable'] as const;

/** An option that cannot be used, a head of CSV without the columns that are needed, or a log that cannot be opened. */
export type SendLogErrorCode = (typeof codes)[number];

/**
 * The check itself cannot be made, for a reason that holds for the whole log. What is wrong with a line is no error but a
 * finding.
 */
export class SendLogError extends Error {
  override readonly name = 'SendLogError';
  readonly code: SendLogErrorCode;

  constructor(code: SendLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether something thrown is a `SendLogError`, also one of another installed copy. */
export const isSendLogError = (error: unknown): error is SendLogError =>
  error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
