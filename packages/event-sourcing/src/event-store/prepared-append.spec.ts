import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventToAppend, ExpectedVersion } from './event-store';
import { isEventStoreError } from './event-store-error';
import { checkStreamName, defaultAppendLimits, isStorable, prepareAppend } from './prepared-append';
import { newEvent, newEvents } from '../testing/conformance/events';

const refusalOf = (call: () => unknown): string | undefined => {
  try {
    call();
    return undefined;
  } catch (error) {
    if (isEventStoreError(error)) return error.code;
    throw error;
  }
};

const preparing =
  (events: readonly unknown[], expected: ExpectedVersion = 0) =>
  (): unknown =>
    prepareAppend('a', expected, events as readonly EventToAppend[]);

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const isName = (text: string, others: string, lengthMax: number): boolean =>
  text.length >= 1 &&
  text.length <= lengthMax &&
  letters.includes(text.charAt(0)) &&
  Array.from(text).every((character) => letters.includes(character) || others.includes(character));

const almostNames = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '.', '-', '~'), maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('a', 'Z', '9', '-', '@', ' ', '\n', 'é', '/', '$', ':'), maxLength: 4 }),
  fc.emailAddress(),
  fc.integer({ min: 98, max: 202 }).map((length) => 'x'.repeat(length)),
);

describe('a stream name', () => {
  it('is 1 to 200 of few characters, beginning with a letter, so that no address fits', () => {
    fc.assert(
      fc.property(almostNames, (name) => {
        const isFit = isName(name, '0123456789_.~-', 200);
        expect(refusalOf(() => checkStreamName(name))).toBe(isFit ? undefined : 'invalid-append');
        expect(refusalOf(() => prepareAppend(name, 0, [newEvent()]))).toBe(
          isFit ? undefined : 'invalid-append',
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is not repeated by the refusal', () => {
    expect(() => checkStreamName('anna@example.com')).not.toThrow('anna');
  });
});

describe('the type of an event', () => {
  it('is 1 to 100 of fewer characters, beginning with a letter', () => {
    fc.assert(
      fc.property(almostNames, (type) => {
        const isFit = isName(type, '0123456789_.-', 100);
        expect(refusalOf(preparing([newEvent({ type })]))).toBe(isFit ? undefined : 'invalid-append');
      }),
      { numRuns: 500 },
    );
  });
});

describe('what an append is checked for', () => {
  it.each<[what: string, events: readonly unknown[]]>([
    ['no events', []],
    ['an event id that is no UUID', [newEvent({ eventId: 'one' as never })]],
    ['a schema version below 1', [newEvent({ schemaVersion: 0 })]],
    ['half a schema version', [newEvent({ schemaVersion: 1.5 })]],
    ['data that are a list', [newEvent({ data: [] as never })]],
    ['data that are a text', [newEvent({ data: '{}' as never })]],
    ['no data', [{ ...newEvent(), data: undefined }]],
    ['no metadata', [{ ...newEvent(), metadata: undefined }]],
    ['a BigInt', [newEvent({ data: { n: 1n } as never })]],
    ['a NaN', [newEvent({ data: { n: Number.NaN } })]],
    ['a NaN beside a null', [newEvent({ data: { a: null, b: { n: [Number.NaN] } } })]],
    ['a list with an undefined item', [newEvent({ data: { list: [undefined] } as never })]],
    ['a list with a hole', [newEvent({ data: { list: new Array(1) } })]],
    ['a list with a function', [newEvent({ data: { list: [() => 1] } as never })]],
    ['an infinite number in the metadata', [{ ...newEvent(), metadata: { n: Number.NEGATIVE_INFINITY } }]],
  ])('refuses %s', (_, events) => {
    expect(refusalOf(preparing(events))).toBe('invalid-append');
  });

  it('refuses a cycle', () => {
    const data: Record<string, unknown> = {};
    data['self'] = data;
    expect(refusalOf(preparing([newEvent({ data: data as never })]))).toBe('invalid-append');
  });

  it('refuses the same event id twice', () => {
    const event = newEvent();
    expect(refusalOf(preparing([event, newEvent(), event]))).toBe('invalid-append');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %d as the expected version',
    (expected) => {
      expect(refusalOf(preparing([newEvent()], expected))).toBe('invalid-append');
    },
  );

  it('takes no stream as version 0', () => {
    expect(prepareAppend('a', 'no-stream', [newEvent()]).expected).toBe(0);
    expect(prepareAppend('a', 0, [newEvent()]).expected).toBe(0);
    expect(prepareAppend('a', 7, [newEvent()]).expected).toBe(7);
  });

  it('does not repeat the data in the refusal', () => {
    const event = newEvent({ data: { to: 'anna@example.com', n: Number.NaN } });
    expect(preparing([event])).toThrow('expected data of event SomethingHappened');
    expect(preparing([event])).not.toThrow('anna');
  });
});

describe('the JSON of an event', () => {
  const anything = fc.anything({
    maxDepth: 3,
    withSparseArray: true,
    withBigInt: true,
    values: [
      fc.integer(),
      fc.constantFrom<unknown[]>(0.1, Number.NaN, Number.POSITIVE_INFINITY, undefined, 'null', ''),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    ],
  });

  it('holds everything that was given, or the event is refused', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anything, { maxKeys: 4, noNullPrototype: true }), (data) => {
        const event = newEvent({ data: data as never });
        const isRefused = refusalOf(preparing([event])) === 'invalid-append';
        expect(isStorable(data, Infinity)).toBe(!isRefused);
        if (isRefused) return;
        const [prepared] = prepareAppend('a', 0, [event]).events;
        // Members that are undefined count as absent.
        expect(JSON.parse(prepared!.dataText)).toEqual(data);
        expect(JSON.parse(prepared!.metadataText)).toEqual(event.metadata);
      }),
      { numRuns: 1000 },
    );
  });

  it('is never refused for a JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        expect(refusalOf(preparing([newEvent({ data: data as never })]))).toBeUndefined();
      }),
    );
  });
});

describe('the limits of an append', () => {
  const bytesOf = (events: readonly EventToAppend[]): number =>
    Buffer.byteLength(
      events.map(({ data, metadata }) => JSON.stringify(data) + JSON.stringify(metadata)).join(''),
    );

  it('are kept to the event and to the byte, also with characters of several bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: -1, max: 1 }),
        (notes, spareEvents, spareBytes) => {
          const events = notes.map((note) => newEvent({ data: { note } }));
          const limits = { eventsMax: events.length + spareEvents, bytesMax: bytesOf(events) + spareBytes };
          const expected = spareEvents < 0 ? 'invalid-append' : spareBytes < 0 ? 'too-large' : undefined;
          expect(refusalOf(() => prepareAppend('a', 0, events, limits))).toBe(expected);
        },
      ),
    );
  });

  it('are 500 events and a million bytes unless others are given', () => {
    const event = newEvent();
    const padded = (bytes: number): EventToAppend => ({
      ...event,
      data: { x: 'x'.repeat(bytes - bytesOf([{ ...event, data: { x: '' } }])) },
    });
    expect(refusalOf(preparing([padded(defaultAppendLimits.bytesMax)]))).toBeUndefined();
    expect(preparing([padded(defaultAppendLimits.bytesMax + 1)])).toThrow(
      expect.objectContaining({
        failure: { kind: 'too-large', limitBytes: 1_000_000, foundBytes: 1_000_001 },
      }),
    );
    expect(refusalOf(preparing(newEvents(500)))).toBeUndefined();
    expect(refusalOf(preparing(newEvents(501)))).toBe('invalid-append');
  });
});
