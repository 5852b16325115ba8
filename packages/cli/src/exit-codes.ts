/** What the exit code of the command means; scripts may rely on it. */
export const exitCodes = {
  /** It went well; for `explain`: allowed. */
  fine: 0,
  /** `explain`: denied. */
  denied: 1,
  /** The arguments, the request or the contract id cannot be used. */
  wrongInput: 2,
  /** The history cannot be read, or holds an event that cannot. */
  unreadable: 3,
  /** Interrupted by Ctrl-C. */
  interrupted: 130,
  /** Whoever read the output went away before its end, so nothing was answered. */
  outputClosed: 141,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
