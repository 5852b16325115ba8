import type { SendLogSummary } from '@mandate/audit';
import { exitCodes, type ExitCode } from '../exit-codes';

/** What could not be checked, as a verdict of its own. */
const uncheckedIn = ({ records, broken, isComplete }: SendLogSummary): ExitCode | undefined => {
  if (isComplete && broken === 0) return undefined;
  return records === broken ? exitCodes.wrongInput : exitCodes.unchecked;
};

/**
 * What a check comes to. A violation is proven, whatever else is unknown. Otherwise what could not be checked outweighs
 * what was: it may hide a violation. What became unlawful later was none then, and is still no reason to look away.
 */
export const verdictOn = (summary: SendLogSummary): ExitCode => {
  // Denied for want of a history that can be read: nothing is proven by that.
  const undecided = summary.violationsByReason['scope-not-current'] ?? 0;
  if (summary.violations > undecided) return exitCodes.denied;
  if (undecided > 0) return exitCodes.unreadable;
  const otherwise = summary.laterUnlawful > 0 ? exitCodes.laterUnlawful : exitCodes.fine;
  return uncheckedIn(summary) ?? otherwise;
};
