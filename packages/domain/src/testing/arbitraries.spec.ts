import { isInstant, isUuid, type Instant } from '@mandate/event-sourcing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type * as t from 'io-ts';
import { processingRequest } from '../processing-decision';
import { contractCommandCodecs } from '../contract';
import { instructionCommandCodecs } from '../processing-instruction';
import { dataSetCommandCodecs } from '../recipient-data-set';
import { dayAfter, legalDateOf } from './calendar';
import { arbitraryContractCommand } from './contract-messages';
import { arbitraryDataSetCommand } from './data-set-messages';
import { Dice, arbitraryThrows } from './dice';
import { arbitraryIds, nth } from './ids';
import {
  arbitraryInstant,
  arbitraryInterval,
  arbitraryLegalDate,
  boundaryInstants,
  clockChanges,
  shifted,
} from './instants';
import { arbitraryInstructionCommand } from './instruction-messages';
import { arbitraryProcessingRequest } from './requests';
import { runs } from './runs';

const dateIn = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));

describe('arbitrary ids', () => {
  it.each(Object.entries(arbitraryIds))('are ids: %s', (_name, arbitrary) => {
    fc.assert(fc.property(arbitrary as fc.Arbitrary<string>, isUuid), runs(30));
  });

  it('say in their first digits what they stand for', () => {
    const firsts = Object.values(nth).map((nthOf) => nthOf(1).slice(0, 8));
    expect(new Set(firsts).size).toBe(firsts.length);
  });
});

describe('arbitrary times', () => {
  it('are instants, and one in three lies within a millisecond of a boundary', () => {
    const sample = fc.sample(arbitraryInstant, { seed: 1, numRuns: 500 });
    expect(sample.every(isInstant)).toBe(true);
    const isClose = (instant: Instant): boolean =>
      [-1, 0, 1].some((ms) => boundaryInstants.includes(shifted(instant, ms)));
    expect(sample.filter(isClose).length).toBeGreaterThan(150);
  });

  it('have their boundaries where the clocks of Warsaw change', () => {
    const hourOf = (instant: Instant): string =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', timeStyle: 'short' }).format(
        new Date(instant),
      );
    const [spring, autumn] = clockChanges;
    expect([hourOf(shifted(spring, -1)), hourOf(spring)]).toEqual(['01:59', '03:00']);
    expect([hourOf(shifted(autumn, -1)), hourOf(autumn)]).toEqual(['02:59', '02:00']);
  });

  it('are days that begin in their zone, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(arbitraryLegalDate, ({ date, zone, at }) => {
        expect(dateIn(at, zone)).toBe(date);
        expect(dateIn(shifted(at, -1), zone) < date).toBe(true);
      }),
      runs(200),
    );
  });

  it('know the day after, also across days of 23 and 25 hours', () => {
    expect(legalDateOf('2026-03-29', 'Europe/Warsaw').at).toBe('2026-03-28T23:00:00.000Z');
    expect(dayAfter('2026-03-29T21:59:59.999Z' as Instant, 0, 'Europe/Warsaw').date).toBe('2026-03-29');
    expect(dayAfter('2026-03-29T22:00:00.000Z' as Instant, 0, 'Europe/Warsaw').date).toBe('2026-03-30');
    expect(dayAfter('2026-10-25T22:59:59.999Z' as Instant, 1, 'Europe/Warsaw').date).toBe('2026-10-26');
    fc.assert(
      fc.property(
        arbitraryInstant,
        fc.constantFrom('Europe/Warsaw', 'America/New_York', 'UTC'),
        (instant, zone) => {
          expect(dayAfter(instant, 0, zone).date).toBe(dateIn(instant, zone));
        },
      ),
      runs(200),
    );
  });

  it('are intervals that end after they begin, or not at all', () => {
    fc.assert(
      fc.property(arbitraryInterval, ({ from, until }) => until === undefined || from < until),
      runs(200),
    );
  });
});

describe('arbitrary messages', () => {
  it('are commands that the codecs of commands read', () => {
    const codecs: Readonly<Record<string, t.Type<object, unknown>>> = {
      ...(contractCommandCodecs as object),
      ...(instructionCommandCodecs as object),
      ...(dataSetCommandCodecs as object),
    };
    const command = fc.oneof(arbitraryContractCommand, arbitraryInstructionCommand, arbitraryDataSetCommand);
    fc.assert(
      fc.property(command, ({ type, data }) => codecs[type]?.is(data) === true),
      runs(300),
    );
  });

  it('are requests that the codec of requests reads', () => {
    fc.assert(
      fc.property(arbitraryProcessingRequest, (request) => processingRequest.is(request)),
      runs(200),
    );
  });
});

describe('dice', () => {
  it('pick from a list, once in a while the last item, and the first one when shrunk', () => {
    fc.assert(
      fc.property(arbitraryThrows, (throws) => {
        expect(['a', 'b', 'c']).toContain(new Dice(throws).pick(['a', 'b', 'c']));
      }),
      runs(50),
    );
    const shrunk = new Dice([]);
    expect([shrunk.pick(['a', 'b']), shrunk.some(['a', 'b']), shrunk.once(2)]).toEqual(['a', ['a'], false]);
    expect(new Dice([1]).once(2)).toBe(true);
  });

  it('select every part of a list, and never none of it', () => {
    const parts = Array.from({ length: 7 }, (_none, thrown) =>
      new Dice([thrown]).some(['a', 'b', 'c']).join(''),
    );
    expect(parts.toSorted()).toEqual(['a', 'ab', 'abc', 'ac', 'b', 'bc', 'c']);
  });
});
