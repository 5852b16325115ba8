import { left } from 'fp-ts/Either';
import { EventEncodeError, type DomainEvent, type EventCodec } from './event-codec';

/** A codec for some of the events of a union. */
type CodecOfSome<Event extends DomainEvent> = Pick<EventCodec<Event>, 'types' | 'decode'> & {
  readonly encode: (event: never) => ReturnType<EventCodec<Event>['encode']>;
};

/** One codec over several, for what reads the events of more than one aggregate. */
export const combinedEventCodec = <Event extends DomainEvent>(
  codecs: readonly CodecOfSome<Event>[],
): EventCodec<Event> => {
  const types = codecs.flatMap((codec) => codec.types);
  const byType = new Map<string, CodecOfSome<Event>>(
    codecs.flatMap((codec) => codec.types.map((type) => [type, codec] as const)),
  );
  return {
    types,
    encode: (event) => {
      const codec = byType.get(event.type);
      if (codec === undefined) throw new EventEncodeError(`No codec for events of type ${event.type}.`);
      // The codec was found by the type of the event, so the event is one of its own.
      return codec.encode(event as never);
    },
    decode: (recorded) => {
      const codec = byType.get(recorded.type);
      if (codec !== undefined) return codec.decode(recorded);
      const issue = { path: 'type', expected: `one of ${types.join(', ')}`, found: 'an unknown type' };
      return left({ type: recorded.type, schemaVersion: recorded.schemaVersion, issues: [issue] });
    },
  };
};
