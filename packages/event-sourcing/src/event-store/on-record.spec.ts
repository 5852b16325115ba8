import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '../values/instant';
import { isOnRecordAt } from './on-record';
import { positionOf, type StoreId } from './position';

const storeId = 's' as StoreId;

/** A log in which several events share a millisecond. */
const log = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 20 }).map((milliseconds) =>
  milliseconds.toSorted().map((millisecond, place) => ({
    recordedAt: instantOf(millisecond),
    position: positionOf(storeId, place),
  })),
);

describe('what is on record', () => {
  it('at an event ends with that event, at an instant with the last event of that millisecond', () => {
    fc.assert(
      fc.property(log, fc.nat(), (events, number) => {
        const place = number % events.length;
        const { position, recordedAt } = events[place]!;
        const next = events.findLastIndex((event) => event.recordedAt === recordedAt) + 1;
        expect(events.filter(isOnRecordAt(position))).toEqual(events.slice(0, place + 1));
        expect(events.filter(isOnRecordAt(recordedAt))).toEqual(events.slice(0, next));
      }),
    );
  });

  it('at a place of another log is a question without an answer', () => {
    const elsewhere = isOnRecordAt(positionOf('other' as StoreId, 1));
    const event = { recordedAt: instantOf(0), position: positionOf(storeId, 1) };
    expect(() => elsewhere(event)).toThrow(expect.objectContaining({ code: 'position-mismatch' }));
  });
});
