import { describe, expect, it } from '@jest/globals';
import { right } from 'fp-ts/Either';
import fc from 'fast-check';
import * as t from 'io-ts';
import { combinedEventCodec } from './combined-event-codec';
import { eventCodec, EventEncodeError } from './event-codec';
import { recordCodec } from './record-codec';

interface Begun {
  readonly type: 'Begun';
  readonly data: { readonly by: string };
}
interface Ended {
  readonly type: 'Ended';
  readonly data: { readonly after: number };
}

const beginnings = eventCodec<Begun>({
  Begun: { data: recordCodec<Begun['data']>('Begun', { by: t.string }) },
});
const ends = eventCodec<Ended>({
  Ended: { data: recordCodec<Ended['data']>('Ended', { after: t.number }), upcasters: [(data) => data] },
});
const both = combinedEventCodec<Begun | Ended>([beginnings, ends]);

const events = fc.oneof<fc.Arbitrary<Begun | Ended>[]>(
  fc.record({ type: fc.constant('Begun'), data: fc.record({ by: fc.string() }) }),
  fc.record({ type: fc.constant('Ended'), data: fc.record({ after: fc.integer() }) }),
);

describe('a combined event codec', () => {
  it('writes and reads every event as the codec it belongs to does', () => {
    fc.assert(
      fc.property(events, (event) => {
        const encoded = both.encode(event);
        expect(encoded).toEqual(event.type === 'Begun' ? beginnings.encode(event) : ends.encode(event));
        expect(both.decode(encoded)).toEqual(right(event));
      }),
    );
  });

  it('has the types of all', () => {
    expect(both.types).toEqual(['Begun', 'Ended']);
  });

  it('passes on what a codec cannot decode', () => {
    const wrong = { type: 'Ended', schemaVersion: 3, data: {} };
    expect(both.decode(wrong)).toEqual(ends.decode(wrong));
  });

  it('neither writes nor reads a type that none of them knows', () => {
    expect(() => both.encode({ type: 'Paused', data: {} } as never)).toThrow(EventEncodeError);
    expect(both.decode({ type: 'Paused', schemaVersion: 2, data: {} })).toEqual({
      _tag: 'Left',
      left: {
        type: 'Paused',
        schemaVersion: 2,
        issues: [{ path: 'type', expected: 'one of Begun, Ended', found: 'an unknown type' }],
      },
    });
  });
});
