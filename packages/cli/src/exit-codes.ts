/** What the exit code of the command means; scripts may rely on it. */
export const exitCodes = {
  /** It went well; for `explain`: allowed; for `check-log`: every operation was permitted, then and by what is known now. */
  fine: 0,
  /** `explain`: denied. `check-log`: there are violations, whatever else there is. */
  denied: 1,
  /** The arguments, the request, the contract id, the send log or the file for findings cannot be used. */
  wrongInput: 2,
  /** The history cannot be read, or holds an event that cannot. */
  unreadable: 3,
  /** `check-log`: no violation, but operations that lie outside by what was recorded after them. */
  laterUnlawful: 4,
  /** `check-log`: no violation among what was checked, but not everything could be. */
  unchecked: 5,
  /** Interrupted by Ctrl-C. */
  interrupted: 130,
  /** Whoever read the output went away before its end, so nothing was answered. */
  outputClosed: 141,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
