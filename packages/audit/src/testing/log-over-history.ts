import type { ProcessingRequest } from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';

/** One operation as a send log names it. */
export interface LoggedOperation {
  readonly request: ProcessingRequest;
  readonly at: Instant;
}

/** As a record of JSON, with a column that nobody asked for. */
const recordOf = ({ request, at }: LoggedOperation): Readonly<Record<string, unknown>> => {
  const special = 'special' in request ? request.special : undefined;
  return {
    at,
    recipient: 'zażółć gęślą jaźń 🦉',
    ...request,
    special: undefined,
    ...(special && { specialCategories: special.categories, specialFoundIn: special.foundIn }),
  };
};

export const jsonLinesOf = (operations: readonly LoggedOperation[], lineEnd = '\n'): string =>
  operations.map((operation) => `${JSON.stringify(recordOf(operation))}${lineEnd}`).join('');

const quoted = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join(';') : typeof value === 'string' ? value : '';
  return `"${text.replaceAll('"', '""')}"`;
};

const csvColumns = [
  ...[
    'at',
    'recipient',
    'operation',
    'contractId',
    'dataSetId',
    'purpose',
    'categories',
    'channel',
    'country',
  ],
  ...['subProcessorId', 'specialCategories', 'specialFoundIn'],
];

/** As rows with a field that holds a newline and quotes. */
export const csvOf = (operations: readonly LoggedOperation[], lineEnd = '\r\n'): string =>
  [
    csvColumns.join(','),
    ...operations.map((operation) => {
      const record = { ...recordOf(operation), recipient: 'two\r\nlines, "quoted"' } as Record<
        string,
        unknown
      >;
      return csvColumns.map((column) => quoted(record[column])).join(',');
    }),
    '',
  ].join(lineEnd);

/** Bytes in pieces of the given size, cut wherever that falls. */
export const inPieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    yield await Promise.resolve(bytes.subarray(from, from + size));
  }
};
