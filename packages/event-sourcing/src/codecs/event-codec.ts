import { isLeft, left, right, type Either } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { checkedDecoder } from './checked-decoder';
import { decodeIssuesOf, sentenceOfIssue, shapeOf, type DecodeIssue } from './decode-issue';
import { EventStoreError } from '../event-store/event-store-error';
import type { EventToAppend, RecordedEvent } from '../event-store/event-store';
import type { Json, JsonObject } from '../values/json';

/** A domain event: a type and facts. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** Turns the data of one schema version into that of the next. What it throws counts as a failure to decode. */
export type Upcaster = (data: Json) => Json;

/** How one type of event is kept: the current shape, and the way there from every earlier one. */
export interface EventSchema<Data> {
  readonly data: t.Type<Data, unknown>;
  /** `upcasters[0]` leads from version 1 to 2, and so on; the current version is their number plus 1. */
  readonly upcasters?: readonly Upcaster[];
}

/** One schema for every type of event; a forgotten one does not compile. */
export type EventSchemas<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: EventSchema<Extract<Event, { readonly type: Type }>['data']>;
};

/** Why a stored event cannot be understood. */
export interface EventDecodeFailure {
  readonly type: string;
  readonly schemaVersion: number;
  readonly issues: readonly DecodeIssue[];
}

/** Between domain events and what a store keeps; strict when writing and when reading. */
export interface EventCodec<Event extends DomainEvent> {
  readonly types: readonly Event['type'][];
  readonly encode: (event: Event) => Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>;
  readonly decode: (
    recorded: Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>,
  ) => Either<EventDecodeFailure, Event>;
}

/** An event was about to be recorded that does not have the shape its codec describes: a bug, not an input. */
export class EventEncodeError extends Error {
  override readonly name = 'EventEncodeError';
  readonly code = 'event-not-encodable';
}

const failure = (
  { type, schemaVersion }: Pick<EventToAppend, 'type' | 'schemaVersion'>,
  issues: readonly DecodeIssue[],
): Either<EventDecodeFailure, never> => left({ type, schemaVersion, issues });

/** The data as the current version has them, or what an upcaster could not make sense of. */
const upcast = (
  upcasters: readonly Upcaster[],
  { schemaVersion, data }: Pick<EventToAppend, 'schemaVersion' | 'data'>,
): Either<DecodeIssue, Json> => {
  let current: Json = data;
  for (const [index, upcaster] of upcasters.entries()) {
    if (index + 1 < schemaVersion) continue;
    try {
      current = upcaster(current);
    } catch {
      // What was thrown may quote the data.
      const expected = `data of schema version ${index + 1} that its upcaster understands`;
      return left({ path: '', expected, found: shapeOf(current) });
    }
  }
  return right(current);
};

interface KeptSchema {
  readonly version: number;
  readonly upcasters: readonly Upcaster[];
  readonly encode: (data: object) => unknown;
  readonly decode: (data: unknown) => t.Validation<object>;
}

const keptSchemaOf = ({ data, upcasters = [] }: EventSchema<object>): KeptSchema => ({
  version: upcasters.length + 1,
  upcasters,
  encode: (value) => data.encode(value),
  decode: checkedDecoder(data),
});

/** The codec of a union of events. */
export const eventCodec = <Event extends DomainEvent>(schemas: EventSchemas<Event>): EventCodec<Event> => {
  const byType = new Map<string, KeptSchema>(
    Object.entries<EventSchema<object>>(schemas).map(([type, schema]) => [type, keptSchemaOf(schema)]),
  );

  return {
    types: [...byType.keys()],
    encode: (event) => {
      const schema = byType.get(event.type);
      if (schema === undefined) throw new EventEncodeError(`No schema for events of type ${event.type}.`);
      const data = schema.encode(event.data) as JsonObject;
      // What was written must be readable for ever, so it is read once before it is written.
      const decoded = schema.decode(data);
      if (isLeft(decoded)) {
        const sentences = decodeIssuesOf(decoded.left).map(sentenceOfIssue).join(' ');
        throw new EventEncodeError(`An event ${event.type} does not fit its schema. ${sentences}`);
      }
      return { type: event.type, schemaVersion: schema.version, data };
    },
    decode: (recorded) => {
      const schema = byType.get(recorded.type);
      if (schema === undefined) {
        const expected = `one of ${[...byType.keys()].join(', ')}`;
        return failure(recorded, [{ path: 'type', expected, found: 'an unknown type' }]);
      }
      const current = schema.version;
      const { schemaVersion } = recorded;
      if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > current) {
        const expected = `a version from 1 to ${current}`;
        return failure(recorded, [{ path: 'schemaVersion', expected, found: String(schemaVersion) }]);
      }
      const upcasted = upcast(schema.upcasters, recorded);
      if (isLeft(upcasted)) return failure(recorded, [upcasted.left]);
      const decoded = schema.decode(upcasted.right);
      return isLeft(decoded)
        ? failure(recorded, decodeIssuesOf(decoded.left))
        : right({ type: recorded.type, data: decoded.right } as Event);
    },
  };
};

/** Says where an event is that cannot be read, and why. */
export const corruptEventError = (
  { position, stream, type, schemaVersion }: RecordedEvent,
  { issues }: EventDecodeFailure,
): EventStoreError =>
  new EventStoreError({
    kind: 'corrupt',
    position,
    stream,
    type: `${type}, schema version ${schemaVersion}`,
    reason: issues.map(sentenceOfIssue).join(' '),
  });

/** The domain event inside a recorded one. Throws `corrupt`, with its position, when it cannot be read. */
export const decodeRecorded = <Event extends DomainEvent>(
  codec: EventCodec<Event>,
  recorded: RecordedEvent,
): Event => {
  const decoded = codec.decode(recorded);
  if (isLeft(decoded)) throw corruptEventError(recorded, decoded.left);
  return decoded.right;
};
