import { deepStrictEqual } from 'node:assert';
import { decodeIssuesOf, type DomainEvent, type EventCodec, type JsonObject } from '@mandate/event-sourcing';
import { perhapsDamaged } from '@mandate/event-sourcing/testing';
import { isLeft } from 'fp-ts/Either';
import fc from 'fast-check';
import type * as t from 'io-ts';
import { runs } from '../runs';

/** A type of event with the two ways to read its data: through the codec of all, and with its schema alone. */
export interface Reading<Event extends DomainEvent> {
  readonly type: string;
  readonly schema: t.Decoder<unknown, object>;
  readonly codec: EventCodec<Event>;
  readonly events: fc.Arbitrary<DomainEvent>;
}

const storedDataOf = ({ data }: DomainEvent): JsonObject => JSON.parse(JSON.stringify(data)) as JsonObject;

/** Reads right and damaged data both ways; the order of the fields counts, since certificates are made of it. */
export const assertReadsAsItsSchema = <Event extends DomainEvent>({
  type,
  schema,
  codec,
  events,
}: Reading<Event>): void => {
  const inputs = events.chain((event) => perhapsDamaged(storedDataOf(event)));
  fc.assert(
    fc.property(inputs, (input) => {
      const read = codec.decode({ type, schemaVersion: 1, data: input as JsonObject });
      const expected = schema.decode(input);
      deepStrictEqual(read._tag, expected._tag);
      if (isLeft(read) || isLeft(expected)) {
        deepStrictEqual(isLeft(read) && read.left.issues, isLeft(expected) && decodeIssuesOf(expected.left));
        return;
      }
      deepStrictEqual(read.right.data, expected.right);
      deepStrictEqual(JSON.stringify(read.right.data), JSON.stringify(expected.right));
      deepStrictEqual(read.right.data === input, expected.right === input);
    }),
    runs(80),
  );
};

/** Reads right data with a schema that cannot decode any more. */
export const assertReadsRightDataAtOnce = <Event extends DomainEvent>({
  type,
  schema,
  codec,
  events,
}: Reading<Event>): void => {
  const { decode } = schema;
  const refuse = (): never => {
    throw new Error('The schema was asked.');
  };
  Object.assign(schema, { decode: refuse });
  try {
    fc.assert(
      fc.property(events, (event) => {
        codec.decode({ type, schemaVersion: 1, data: storedDataOf(event) });
      }),
      runs(10),
    );
  } finally {
    Object.assign(schema, { decode });
  }
};
