export type SendLogErrorCode = 'send-log-option' | 'send-log-unreadable';

/**
 * The check itself cannot be made: an option that cannot be used, or a log that cannot be opened. What is wrong with a
 * line is no error but a finding.
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
  error instanceof Error &&
  'code' in error &&
  (error.code === 'send-log-option' || error.code === 'send-log-unreadable');
