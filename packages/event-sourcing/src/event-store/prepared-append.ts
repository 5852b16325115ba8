import type { EventToAppend, ExpectedVersion, Version } from './event-store';
import { EventStoreError } from './event-store-error';
import { isUuid } from '../values/uuid';

/** What every store checks before it writes anything. */
export interface AppendLimits {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

/** Well below what EventStoreDB takes in one append (1 MiB), so that a history can move there. */
export const defaultAppendLimits: AppendLimits = { eventsMax: 500, bytesMax: 1_000_000 };

/** An event with its JSON written out, so that what is stored is what was checked, whoever changes the event then. */
export interface PreparedEvent extends Pick<EventToAppend, 'eventId' | 'type' | 'schemaVersion'> {
  readonly dataText: string;
  readonly metadataText: string;
}

export interface PreparedAppend {
  readonly stream: string;
  readonly expected: Version;
  readonly events: readonly PreparedEvent[];
}

const streamName = /^[A-Za-z][A-Za-z0-9_.~-]{0,199}$/;
const typeName = /^[A-Za-z][A-Za-z0-9_.-]{0,99}$/;

const refuse = (reason: string): never => {
  throw new EventStoreError({ kind: 'invalid-append', reason });
};

/** Refuses a stream name that could carry an address or that a store reserves for itself. */
export const checkStreamName = (stream: string): void => {
  if (!streamName.test(stream)) {
    refuse('expected a stream name of 1 to 200 letters, digits and _ . ~ -, beginning with a letter');
  }
};

const hasNoJson = (value: unknown): boolean => ['undefined', 'function', 'symbol'].includes(typeof value);

/** Whether `JSON.stringify` would write null for something that is not null: a NaN, or a hole in a list. */
const losesValues = (value: unknown): boolean => {
  if (typeof value === 'number') return !Number.isFinite(value);
  // Spread, because `some` does not visit holes.
  if (Array.isArray(value))
    return [...(value as unknown[])].some((item) => hasNoJson(item) || losesValues(item));
  return typeof value === 'object' && value !== null && Object.values(value).some(losesValues);
};

const textOf = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};

const jsonTextOf = (value: unknown): string | undefined => {
  const text = textOf(value);
  // Every text without a null has lost nothing, which spares nearly all events the walk.
  return text?.startsWith('{') !== true || (text.includes('null') && losesValues(value)) ? undefined : text;
};

/** Whether a value is an object that a store can keep in an event, and written out not larger than `bytesMax`. */
export const isStorable = (value: unknown, bytesMax: number): boolean => {
  const text = jsonTextOf(value);
  return text !== undefined && Buffer.byteLength(text) <= bytesMax;
};

const jsonOf = (value: unknown, what: string): string =>
  jsonTextOf(value) ??
  refuse(`expected ${what} as an object that JSON can hold, without BigInt, NaN, cycle or undefined item`);

const prepareEvent = ({ eventId, type, schemaVersion, data, metadata }: EventToAppend): PreparedEvent => {
  if (!isUuid(eventId)) refuse('expected a UUID in lower case as the event id');
  if (!typeName.test(type)) refuse('expected an event type of 1 to 100 letters, digits and _ . -');
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1) {
    refuse(`expected a schema version of 1 or more at an event of type ${type}`);
  }
  const dataText = jsonOf(data, `data of event ${type}`);
  const metadataText = jsonOf(metadata, `metadata of event ${type}`);
  return { eventId, type, schemaVersion, dataText, metadataText };
};

const versionOf = (expected: ExpectedVersion): Version => {
  const version = expected === 'no-stream' ? 0 : expected;
  return Number.isSafeInteger(version) && version >= 0 ? version : refuse('expected a version of 0 or more');
};

/**
 * Checks an append before a store sees it: names, ids, sizes, JSON. An empty append is refused here, once for
 * all stores. Throws `invalid-append` or `too-large`; nothing has been written then.
 */
export const prepareAppend = (
  stream: string,
  expected: ExpectedVersion,
  events: readonly EventToAppend[],
  limits: AppendLimits = defaultAppendLimits,
): PreparedAppend => {
  checkStreamName(stream);
  if (events.length === 0) refuse('expected at least one event');
  if (events.length > limits.eventsMax) {
    refuse(`expected at most ${limits.eventsMax} events at once, found ${events.length}`);
  }
  const prepared = events.map(prepareEvent);
  if (new Set(events.map(({ eventId }) => eventId)).size !== events.length) {
    refuse('expected every event to have an id of its own');
  }
  const foundBytes = prepared.reduce(
    (bytes, { dataText, metadataText }) =>
      bytes + Buffer.byteLength(dataText) + Buffer.byteLength(metadataText),
    0,
  );
  if (foundBytes > limits.bytesMax) {
    throw new EventStoreError({ kind: 'too-large', limitBytes: limits.bytesMax, foundBytes });
  }
  return { stream, expected: versionOf(expected), events: prepared };
};
