import { describe, expect, it } from '@jest/globals';
import { right } from 'fp-ts/Either';
import fc from 'fast-check';
import * as t from 'io-ts';
import { decodeRecorded, eventCodec, EventEncodeError, type DomainEvent, type Upcaster } from './event-codec';
import type { RecordedEvent } from '../event-store/event-store';
import { instantCodec, instantOf, type Instant } from '../values/instant';
import { recordCodec } from './record-codec';

interface DoorOpened {
  readonly type: 'DoorOpened';
  readonly data: { readonly door: string; readonly at: Instant; readonly by?: string };
}
interface DoorLocked {
  readonly type: 'DoorLocked';
  readonly data: { readonly door: string; readonly locks: readonly number[] };
}
type DoorEvent = DoorOpened | DoorLocked;

const opened = recordCodec<DoorOpened['data']>(
  'DoorOpened',
  { door: t.string, at: instantCodec },
  { by: t.string },
);
const locked = recordCodec<DoorLocked['data']>('DoorLocked', {
  door: t.string,
  locks: t.readonlyArray(t.number),
});
const doors = eventCodec<DoorEvent>({ DoorOpened: { data: opened }, DoorLocked: { data: locked } });

const at = fc.integer({ min: 0, max: 4e12 }).map(instantOf);
const doorEvents = fc.oneof<fc.Arbitrary<DoorEvent>[]>(
  fc.record({
    type: fc.constant('DoorOpened'),
    data: fc.record({ door: fc.string(), at, by: fc.string() }, { requiredKeys: ['door', 'at'] }),
  }),
  fc.record({
    type: fc.constant('DoorLocked'),
    data: fc.record({ door: fc.string(), locks: fc.array(fc.integer()) }),
  }),
);

describe('an event codec', () => {
  it('reads back what it wrote, also from JSON', () => {
    fc.assert(
      fc.property(doorEvents, (event) => {
        const encoded = doors.encode(event);
        expect(encoded).toMatchObject({ type: event.type, schemaVersion: 1 });
        expect(doors.decode(encoded)).toEqual(right(event));
        expect(doors.decode(JSON.parse(JSON.stringify(encoded)) as typeof encoded)).toEqual(right(event));
      }),
    );
  });

  it('tells its types', () => {
    expect(doors.types).toEqual(['DoorOpened', 'DoorLocked']);
  });

  it.each([
    ['a field more', { door: 'a', at: '2026-01-01T00:00:00.000Z', colour: 'red' }, 'colour'],
    ['a field less', { door: 'a' }, 'at'],
    ['a wrong field', { door: 'a', at: 'anna@example.com' }, 'at'],
  ])('neither writes nor reads an event with %s', (_, data, path) => {
    const event = { type: 'DoorOpened', data } as never;
    expect(() => doors.encode(event)).toThrow(EventEncodeError);
    expect(() => doors.encode(event)).toThrow(expect.objectContaining({ code: 'event-not-encodable' }));
    expect(() => doors.encode(event)).not.toThrow('anna');
    const decoded = doors.decode({ type: 'DoorOpened', schemaVersion: 1, data: data });
    expect(decoded).toMatchObject({
      left: { type: 'DoorOpened', schemaVersion: 1, issues: [{ path }] },
    });
  });

  it.each(['DoorPainted', 'constructor', ''])('does not know the type %j', (type) => {
    expect(() => doors.encode({ type, data: {} } as never)).toThrow(EventEncodeError);
    expect(doors.decode({ type, schemaVersion: 1, data: {} })).toMatchObject({
      left: { type, issues: [{ path: 'type', expected: 'one of DoorOpened, DoorLocked' }] },
    });
  });
});

interface Trailed extends DomainEvent {
  readonly type: 'Trailed';
  readonly data: { readonly trail: readonly number[] };
}

const trail = recordCodec<Trailed['data']>('Trailed', { trail: t.readonlyArray(t.number) });

/** A schema of so many versions, in which every upcaster leaves the number of its version in the data. */
const trailing = (versions: number): ReturnType<typeof eventCodec<Trailed>> =>
  eventCodec<Trailed>({
    Trailed: {
      data: trail,
      upcasters: Array.from({ length: versions - 1 }, (_, index): Upcaster => (data) => ({
        trail: [...(data as Trailed['data']).trail, index + 1],
      })),
    },
  });

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

describe('upcasters', () => {
  const versions = fc.integer({ min: 1, max: 6 });

  it('lead from any earlier version to the present one, each applied once, in order', () => {
    fc.assert(
      fc.property(versions, versions, (one, other) => {
        const [stored, current] = [Math.min(one, other), Math.max(one, other)];
        const recorded = { type: 'Trailed', schemaVersion: stored, data: { trail: [] } };
        expect(trailing(current).decode(recorded)).toEqual(
          right({ type: 'Trailed', data: { trail: range(stored, current) } }),
        );
      }),
    );
  });

  it('do not touch what is written now', () => {
    fc.assert(
      fc.property(versions, fc.array(fc.nat()), (current, given) => {
        const codec = trailing(current);
        const event: Trailed = { type: 'Trailed', data: { trail: given } };
        expect(codec.encode(event).schemaVersion).toBe(current);
        expect(codec.decode(codec.encode(event))).toEqual(right(event));
      }),
    );
  });

  it.each([4, 0, -1, 1.5, Number.NaN])('do not exist for version %d of 3', (schemaVersion) => {
    expect(trailing(3).decode({ type: 'Trailed', schemaVersion, data: { trail: [] } })).toMatchObject({
      left: {
        issues: [{ path: 'schemaVersion', expected: 'a version from 1 to 3', found: String(schemaVersion) }],
      },
    });
  });

  it('are checked: what they return has to fit, too', () => {
    const codec = eventCodec<Trailed>({ Trailed: { data: trail, upcasters: [() => ({ trail: 'lost' })] } });
    expect(codec.decode({ type: 'Trailed', schemaVersion: 1, data: {} })).toMatchObject({
      left: { issues: [{ path: 'trail', found: 'a string of 4 characters' }] },
    });
  });

  it('may throw at data they cannot understand, which is a failure to decode that quotes nothing', () => {
    const decoded = trailing(3).decode({
      type: 'Trailed',
      schemaVersion: 2,
      data: { trail: 48_600_100_200 },
    });
    expect(decoded).toEqual({
      _tag: 'Left',
      left: {
        type: 'Trailed',
        schemaVersion: 2,
        issues: [
          {
            path: '',
            expected: 'data of schema version 2 that its upcaster understands',
            found: 'an object',
          },
        ],
      },
    });
  });
});

describe('decoding a recorded event', () => {
  const recorded = {
    type: 'DoorOpened',
    schemaVersion: 1,
    data: { door: 'a', at: '2026-01-01T00:00:00.000Z' },
    stream: 'door-1',
    position: 's:7',
  } as unknown as RecordedEvent;

  it('returns the domain event', () => {
    expect(decodeRecorded(doors, recorded)).toEqual({ type: 'DoorOpened', data: recorded.data });
  });

  it('throws corrupt with position, stream, type and path, and without the value', () => {
    const decode = (): unknown =>
      decodeRecorded(doors, { ...recorded, data: { door: 'a', at: 'anna@example.com' } });
    expect(decode).toThrow(
      expect.objectContaining({
        failure: {
          kind: 'corrupt',
          position: 's:7',
          stream: 'door-1',
          type: 'DoorOpened, schema version 1',
          reason: 'at: expected instant (like 2026-03-29T00:00:00.000Z), found a string of 16 characters.',
        },
      }),
    );
    expect(decode).not.toThrow('anna');
  });
});
