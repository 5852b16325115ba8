import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventIdOf, eventsToAppend } from './event-id';
import type { Uuid } from '../values/uuid';

const commandId = fc.uuid().map((text) => text as Uuid);
const ordinal = fc.nat({ max: 500 });

describe('the id of an event', () => {
  it('is always the same for a command and an ordinal, and no other pair has it', () => {
    fc.assert(
      fc.property(fc.tuple(commandId, ordinal), fc.tuple(commandId, ordinal), (one, other) => {
        const isSame = one[0] === other[0] && one[1] === other[1];
        expect(eventIdOf(...one)).toBe(eventIdOf(...one));
        expect(eventIdOf(...one) === eventIdOf(...other)).toBe(isSame);
      }),
    );
  });

  it('will be this for ever: a command from before an upgrade is recognised after it', () => {
    expect(eventIdOf('00000000-0000-4000-8000-000000000001' as Uuid, 0)).toBe(
      '1473064a-566e-5c85-9bd7-e437b86f2b05',
    );
  });
});

describe('events of a command', () => {
  it('keep their order and content, and get an id and the metadata of the command each', () => {
    const id = '00000000-0000-4000-8000-000000000001' as Uuid;
    const metadata = { commandId: id, correlationId: id, causationId: id, actor: 'operator-1' };
    const encoded = [
      { type: 'First', schemaVersion: 1, data: { n: 1 } },
      { type: 'Second', schemaVersion: 3, data: { n: 2 } },
    ];
    expect(eventsToAppend(encoded, metadata)).toEqual([
      { ...encoded[0], eventId: eventIdOf(id, 0), metadata },
      { ...encoded[1], eventId: eventIdOf(id, 1), metadata },
    ]);
  });
});
