import { pauseByTimer } from '@mandate/event-sourcing';
import { requireInterval } from '../interval';
import type { DeletionAlarm } from './deletion-overview';

export interface KeepRunningOptions {
  readonly signal: AbortSignal;
  /** How long to wait at most before looking again, in milliseconds. Default 60,000. */
  readonly intervalMs?: number;
  /** Told when a run failed; the next one comes after the interval all the same. */
  readonly onError?: (error: unknown) => void;
  /**
   * Told once of every data set whose deletion comes near its deadline and once when that has passed, also when nothing
   * but the controller's acknowledgement is missing. What holds when this begins is told again.
   */
  readonly onAlarm?: (alarm: DeletionAlarm) => void;
}

/** The same alarm is given once. */
const toldOnce = (onAlarm: NonNullable<KeepRunningOptions['onAlarm']>): ((alarm: DeletionAlarm) => void) => {
  const told = new Set<string>();
  return (alarm) => {
    const key = `${alarm.dataSet.dataSetId} ${alarm.dataSet.urgency}`;
    if (told.has(key)) return;
    told.add(key);
    onAlarm(alarm);
  };
};

export interface KeptRunning {
  readonly run: (options: { readonly signal: AbortSignal }) => Promise<void>;
  /** What somebody has to be told of after a run. */
  readonly alarms: () => readonly DeletionAlarm[];
}

/** Runs deletions now and again and again until the signal says stop; resolves when the last run is over. */
export const keepRunning = async (
  { run, alarms }: KeptRunning,
  { signal, intervalMs = 60_000, onError = () => undefined, onAlarm = () => undefined }: KeepRunningOptions,
): Promise<void> => {
  requireInterval(intervalMs);
  const tell = toldOnce(onAlarm);
  while (!signal.aborted) {
    try {
      await run({ signal }).finally(() => {
        // Also when the run failed: that is when deadlines are missed.
        for (const alarm of alarms()) tell(alarm);
      });
    } catch (error) {
      onError(error);
    }
    await pauseByTimer(intervalMs, signal);
  }
};
