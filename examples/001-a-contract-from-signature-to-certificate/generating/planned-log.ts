import { sendKinds, type SendKind } from './kinds-of-sends';
import { cannotBeUnderstood, unreadableKinds, unreadableOf100k } from './unreadable-lines';

/** How many lines of each kind a log has, and what has to come of them. Known before anything is generated. */
export interface PlannedLog {
  readonly sends: readonly { readonly kind: SendKind; readonly count: number }[];
  readonly unreadable: readonly { readonly index: number; readonly count: number }[];
  readonly expected: ExpectedCounts;
}

export interface ExpectedCounts {
  readonly lines: number;
  readonly allowed: number;
  readonly denied: number;
  /** Lines by the code of a reason; a line with several reasons counts under each. */
  readonly byCode: Readonly<Record<string, number>>;
}

/** A log with fewer lines cannot hold every kind and stay mostly instructed. */
export const sendsMin = 500;

const scaled = (of100k: number, lines: number): number => Math.max(1, Math.round((of100k * lines) / 100_000));

export const plannedLog = (lines: number): PlannedLog => {
  const unreadable = unreadableKinds.map((_kind, index) => ({
    index,
    count: scaled(unreadableOf100k, lines),
  }));
  const counted = sendKinds.map((kind) => ({
    kind,
    count: kind.of100k === undefined ? 0 : scaled(kind.of100k, lines),
  }));
  const taken = [...unreadable, ...counted].reduce((sum, { count }) => sum + count, 0);
  const sends = counted.map(({ kind, count }) => ({
    kind,
    count: kind.of100k === undefined ? lines - taken : count,
  }));
  return { sends, unreadable, expected: expectedOf(lines, sends, unreadable) };
};

const expectedOf = (
  lines: number,
  sends: PlannedLog['sends'],
  unreadable: PlannedLog['unreadable'],
): ExpectedCounts => {
  const byCode: Record<string, number> = {
    [cannotBeUnderstood]: unreadable.reduce((sum, { count }) => sum + count, 0),
  };
  let allowed = 0;
  for (const { kind, count } of sends) {
    if (kind.expected === 'allowed') allowed += count;
    else for (const code of kind.expected) byCode[code] = (byCode[code] ?? 0) + count;
  }
  return { lines, allowed, denied: lines - allowed, byCode };
};
