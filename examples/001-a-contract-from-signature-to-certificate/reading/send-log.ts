import { isUtf8 } from 'node:buffer';
import { isInstant, isUuid, shapeOf } from '@mandate/event-sourcing';
import type { Instant, Uuid } from '@mandate/event-sourcing';
import type { Processor } from '@mandate/processor';
import { linesOf, type Line, type LinePlace } from './lines-of';

/** What a request for permission looks like. The library checks it; the log is not trusted. */
export type AskedRequest = Parameters<Processor['decide']>[0];

/** One send, as the platform's log describes it. */
export interface LoggedSend {
  readonly kind: 'send';
  readonly line: number;
  readonly next: number;
  readonly id: Uuid;
  readonly at: Instant;
  /** The address it went to. */
  readonly to: string;
  readonly result: SendResult;
  readonly request: AskedRequest;
}

/** A line that says nothing that could be permitted. */
export interface UnreadableLine {
  readonly kind: 'unreadable';
  readonly line: number;
  readonly next: number;
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

export const sendResults = ['delivered', 'opened', 'clicked', 'failed'] as const;
export type SendResult = (typeof sendResults)[number];

type Fields = Readonly<Record<string, unknown>>;

const isResult = (value: unknown): value is SendResult => sendResults.some((result) => result === value);

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

type Trouble = readonly [expected: string, found: string];

const isTrouble = (fields: Fields | Trouble): fields is Trouble => Array.isArray(fields);

const fieldsOf = (line: Line): Fields | Trouble => {
  if (line.isTooLong) return ['at most 64 KiB', 'a longer line'];
  if (!isUtf8(line.bytes)) return ['UTF-8', 'bytes that are no UTF-8'];
  const text = line.bytes.toString('utf8').trim();
  if (text === '') return ['a JSON object', 'an empty line'];
  const value = parsed(text);
  if (value === undefined) return ['a JSON object', 'text that is no JSON'];
  return isRecord(value) ? value : ['a JSON object', shapeOf(value)];
};

const sendOf = (line: Line): LoggedSend | UnreadableLine => {
  const unreadable = (field: string, expected: string, found: string): UnreadableLine => ({
    kind: 'unreadable',
    line: line.number,
    next: line.next,
    field,
    expected,
    found,
  });
  const fields = fieldsOf(line);
  if (isTrouble(fields)) return unreadable('line', ...fields);
  const { id, at, to, result, ...asked } = fields;
  if (!isUuid(id)) return unreadable('id', 'a UUID', shapeOf(id));
  if (!isInstant(at)) return unreadable('at', 'an instant', shapeOf(at));
  if (typeof to !== 'string') return unreadable('to', 'an address', shapeOf(to));
  if (!isResult(result)) return unreadable('result', `one of ${sendResults.join(', ')}`, shapeOf(result));
  const request = { operation: 'process', ...asked } as object as AskedRequest;
  return { kind: 'send', line: line.number, next: line.next, id, at, to, result, request };
};

/** Every line of the log in order, with a bounded amount in memory. */
export async function* readSendLog(
  path: string,
  place: LinePlace,
): AsyncGenerator<LoggedSend | UnreadableLine> {
  for await (const line of linesOf(path, place)) yield sendOf(line);
}
