import Table from 'cli-table3';
import colours from 'picocolors';
import type { Surroundings } from './surroundings';

/** Writes a value as JSON for programs, or rows as a table for people. */
export const show = async (
  { write }: Surroundings,
  shown: {
    readonly isJson: boolean;
    readonly value: object;
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  },
): Promise<void> => {
  if (shown.isJson) return write(`${JSON.stringify(shown.value, null, 2)}\n`);
  const table = new Table({
    head: shown.head.map((title) => colours.bold(title)),
    style: { head: [], border: [] },
  });
  for (const row of shown.rows) table.push([...row]);
  return write(`${table.toString()}\n`);
};
