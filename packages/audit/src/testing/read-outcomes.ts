import type { LogRow } from '../send-log-conformance/columns';
import type { LineProblem } from '../send-log-conformance/findings';
import type { LogBytes, ReadRows } from '../send-log-conformance/reading/row-sink';

/** What a reader gave out, or should have. */
export type ReadOutcome =
  { readonly line: number; readonly row: LogRow } | { readonly line: number; readonly problem: LineProblem };

/** Everything that a reader gives out of a log, in its order. */
export const outcomesOf = async (
  read: ReadRows,
  log: LogBytes | Promise<LogBytes>,
): Promise<readonly ReadOutcome[]> => {
  const outcomes: ReadOutcome[] = [];
  const reading = read(await log, {
    row: (line, row) => void outcomes.push({ line, row }),
    broken: (line, problem) => void outcomes.push({ line, problem }),
  });
  while ((await reading.next()).done !== true);
  return outcomes;
};

/** Bytes in pieces of these sizes, one after the other and again from the beginning; a piece may be empty. */
export const cutInto = async function* (
  bytes: Uint8Array,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (let [from, turn] = [0, 0]; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield await Promise.resolve(bytes.subarray(from, from + size));
    from += size;
  }
};

/** The same, from a source that fails after so many bytes. */
export const brokenOffAt = async function* (
  bytes: Uint8Array,
  at: number,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  yield* cutInto(bytes.subarray(0, at), sizes);
  throw new Error('The source broke off.');
};
