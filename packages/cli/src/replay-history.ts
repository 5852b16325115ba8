import { isInstant, type Instant, type Position } from '@mandate/event-sourcing';
import { replay, timelineOf, type ReplayedEvent } from '@mandate/read-models';
import type { SqliteHistory } from '@mandate/sqlite';
import { exitCodes, type ExitCode } from './exit-codes';
import { lengthOfLog } from './log-length';
import { momentIn, placeIn, requireOfHistory, requireRange } from './moments';
import { contractIdIn, withHistory } from './opened-history';
import { counted, type Progress } from './progress';
import type { FileOptions } from './questions';
import type { Surroundings } from './surroundings';

export interface ReplayCommandOptions extends FileOptions {
  readonly from?: string;
  readonly to?: string;
  readonly contract?: string;
}

const optionally = <Value>(text: string | undefined, read: (text: string) => Value): Value | undefined =>
  text === undefined ? undefined : read(text);

/** A bar up to the end of the log, or to the position after which nothing is read. */
const barFor = async (
  { showProgress }: Surroundings,
  history: SqliteHistory,
  to: Instant | Position | undefined,
): Promise<Progress | undefined> => {
  if (showProgress === undefined) return undefined;
  return showProgress(to === undefined || isInstant(to) ? await lengthOfLog(history) : placeIn(to));
};

/** Prints events in the order of the log as they are read, in constant memory; as JSON, one object a line. */
export const replayHistory = (
  surroundings: Surroundings,
  options: ReplayCommandOptions,
): Promise<ExitCode> => {
  const [from, to, contractId] = [
    optionally(options.from, (text) => momentIn('--from', text)),
    optionally(options.to, (text) => momentIn('--to', text)),
    optionally(options.contract, contractIdIn),
  ];
  requireRange(from, to);
  const { write, signal } = surroundings;
  let bar: Progress | undefined;
  const line = (json: object, text: string): Promise<void> => {
    bar?.hide();
    return write(options.json === true ? `${JSON.stringify(json)}\n` : `${text}\n`);
  };
  const onEvent = async (replayed: ReplayedEvent): Promise<void> => {
    if (contractId !== undefined && replayed.event.data.contractId !== contractId) return;
    for (const entry of timelineOf([replayed])) {
      const event = { contractId: replayed.event.data.contractId, ...entry };
      await line({ event }, `${entry.recordedAt}  ${entry.position}  ${entry.type}: ${entry.sentence}`);
    }
  };
  return withHistory(options.file, async (history) => {
    await requireOfHistory('--from', from, history);
    await requireOfHistory('--to', to, history);
    bar = await barFor(surroundings, history, to);
    const outcome = await replay({
      store: history,
      from,
      to,
      signal,
      onEvent,
      onUnreadable: (unreadable) =>
        line(
          { unreadable },
          `${unreadable.recordedAt}  ${unreadable.position}  ${unreadable.type} in ${unreadable.stream} ` +
            `CANNOT BE READ: ${unreadable.reason}`,
        ),
      progress: ({ events, reached }) => {
        bar?.reach(reached === undefined ? 0 : placeIn(reached), `${counted(events)} events read`);
      },
    }).finally(() => bar?.end());
    await line(
      { outcome },
      `${outcome.outcome}: ${outcome.events} events read, ${outcome.unreadable} cannot be read, ${outcome.others} of other kinds` +
        (outcome.outcome === 'interrupted'
          ? `; go on with --from ${outcome.resumeFrom ?? '(the beginning)'}`
          : ''),
    );
    if (outcome.outcome === 'interrupted') return exitCodes.interrupted;
    return outcome.unreadable > 0 ? exitCodes.unreadable : exitCodes.fine;
  });
};
