import type { ContractId } from '@mandate/domain';
import type { Instant, Json } from '@mandate/event-sourcing';
import {
  diffScope,
  replay,
  scopeCellsAt,
  timelineOf,
  type DecisionTimes,
  type ScopeCells,
} from '@mandate/read-models';
import { exitCodes, type ExitCode } from './exit-codes';
import { instantIn, momentIn, requireOfHistory } from './moments';
import { contractIdIn, eventsOf, scopeOn, withHistory } from './opened-history';
import { show } from './show';
import type { Surroundings } from './surroundings';

export interface FileOptions {
  readonly file: string;
  readonly json?: boolean;
}
export interface TimeOptions extends FileOptions {
  readonly validAt?: string;
  readonly knownAt?: string;
}
export interface RangeOptions extends FileOptions {
  readonly from: string;
  readonly to: string;
}

const textOf = (value: Json | undefined): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The times of a question; by default it is about now, by everything on record. */
export const timesIn = ({ clock }: Surroundings, { validAt, knownAt }: TimeOptions): DecisionTimes => ({
  validAt: validAt === undefined ? clock() : instantIn('--valid-at', validAt),
  ...(knownAt !== undefined && { knownAt: momentIn('--known-at', knownAt) }),
});

export const showScope = (
  surroundings: Surroundings,
  contract: string,
  options: TimeOptions,
): Promise<ExitCode> => {
  const contractId = contractIdIn(contract);
  const { validAt, knownAt } = timesIn(surroundings, options);
  return withHistory(options.file, async (history) => {
    await requireOfHistory('--known-at', knownAt, history);
    const scope = await scopeOn(history, surroundings.signal);
    eventsOf(scope, contractId);
    const cells = scopeCellsAt(scope.scopeOf(contractId, knownAt), validAt);
    await show(surroundings, {
      isJson: options.json === true,
      value: { contractId, validAt, knownAt: knownAt ?? null, scope: Object.fromEntries(cells) },
      head: ['what', `at ${validAt}`],
      rows: [...cells].map(([name, value]) => [name, textOf(value)]),
    });
    return exitCodes.fine;
  });
};

export const showTimeline = (
  surroundings: Surroundings,
  contract: string,
  options: FileOptions,
): Promise<ExitCode> => {
  const contractId = contractIdIn(contract);
  return withHistory(options.file, async (history) => {
    const timeline = timelineOf(eventsOf(await scopeOn(history, surroundings.signal), contractId));
    await show(surroundings, {
      isJson: options.json === true,
      value: { contractId, timeline },
      head: ['recorded', 'holds from', 'position', 'what happened'],
      rows: timeline.map(({ recordedAt, effectiveAt = '', position, sentence }) => [
        recordedAt,
        effectiveAt,
        position,
        sentence,
      ]),
    });
    return exitCodes.fine;
  });
};

export const showDiff = (
  surroundings: Surroundings,
  contract: string,
  options: RangeOptions,
): Promise<ExitCode> => {
  const contractId = contractIdIn(contract);
  const [from, to] = [instantIn('--from', options.from), instantIn('--to', options.to)];
  return withHistory(options.file, async (history) => {
    const events = eventsOf(await scopeOn(history, surroundings.signal), contractId);
    const changes = diffScope(events, { validAt: from, knownAt: from }, { validAt: to, knownAt: to }).map(
      (change) => ({ ...change, events: timelineOf(change.events) }),
    );
    await show(surroundings, {
      isJson: options.json === true,
      value: { contractId, from, to, changes },
      head: ['what', 'before', 'after', 'because', 'events'],
      rows: changes.map(({ name, before, after, because, events: behind }) => [
        name,
        textOf(before),
        textOf(after),
        because,
        behind.map(({ type, position }) => `${type} at ${position}`).join('\n'),
      ]),
    });
    return exitCodes.fine;
  });
};

const stateIn = (cells: ScopeCells): string => {
  const states = ['closed', 'ended', 'suspended', 'started'];
  const state = states.find((name) => cells.get(`contract.${name}`) === true);
  return state ?? 'not-started';
};

export const showContracts = (surroundings: Surroundings, options: FileOptions): Promise<ExitCode> =>
  withHistory(options.file, async (history) => {
    const found = new Set<ContractId>();
    const now: Instant = surroundings.clock();
    const outcome = await replay({
      store: history,
      onEvent: ({ event }) => void found.add(event.data.contractId),
      // Counted; what it belongs to may not be readable either.
      onUnreadable: ({ type, position }) => {
        surroundings.complain(`An event of type ${type} at ${position} cannot be read.\n`);
      },
      signal: surroundings.signal,
    });
    // After an interruption it throws, too: some of the contracts would be taken for all of them.
    const scope = await scopeOn(history, surroundings.signal);
    const contracts = [...found].map((contractId) => ({
      contractId,
      state: scope.isReadable(contractId)
        ? stateIn(scopeCellsAt(scope.scopeOf(contractId), now))
        : 'unreadable',
    }));
    await show(surroundings, {
      isJson: options.json === true,
      value: { contracts },
      head: ['contract', 'state'],
      rows: contracts.map(({ contractId, state }) => [contractId, state]),
    });
    return outcome.unreadable > 0 ? exitCodes.unreadable : exitCodes.fine;
  });
