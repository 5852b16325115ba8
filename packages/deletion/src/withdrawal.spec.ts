import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import { deletionStanding } from './standing';
import { chosen, concluded, dataSetId, day, entrusted, lastDay, terminated } from './testing/events';
import { acknowledged, lifted, retained, takenBack, wholeDeletionOf } from './testing/events-of-the-end';
import { course, effectsIn, reached, reactionsTo, stepsIn, told, type Input } from './testing/scenario';

const first = day('2026-02-12', '2026-02-11T23:00:00.000Z');
const sooner = day('2026-02-11', '2026-02-10T23:00:00.000Z');
const untilAugust = day('2026-08-01', '2026-07-31T22:00:00.000Z');
const waiting = `withdrawal-${dataSetId(1)}`;
const recordedAt = '2026-02-02T12:00:00.000Z';

const events = (...all: readonly Parameters<typeof told>[0][]): readonly Input[] =>
  all.map((event) => told(event, recordedAt));
const service = events(concluded(), entrusted(1), entrusted(2));
const withdrawn = [...service, ...events(takenBack(1, first))];
const itsDay = reached(waiting, first.at);

describe('a data set that the controller takes back', () => {
  it('is waited for until its day, and until an earlier one that is said later', () => {
    expect(reactionsTo(withdrawn)).toEqual([{ kind: 'set-deadline', deadline: waiting, dueAt: first.at }]);
    expect(reactionsTo([...withdrawn, ...events(takenBack(1, sooner))])).toEqual([
      { kind: 'set-deadline', deadline: waiting, dueAt: sooner.at },
    ]);
  });

  it('is deleted from its day on, alone, while the contract goes on, counted from that day', () => {
    expect(effectsIn(reactionsTo([...withdrawn, itsDay]))).toMatchObject([
      { step: 'order-deletion', dataSetId: dataSetId(1), endedAt: first },
    ]);
    expect(reactionsTo([...withdrawn, reached(waiting, '2026-02-11T22:59:59.999Z')])).toEqual([]);
    const deleted = [...withdrawn, itsDay, ...events(...wholeDeletionOf(1))];
    expect(stepsIn(course(deleted).reactions.flat())).not.toContain('certify');
    expect(stepsIn(course(deleted).reactions.flat())).not.toContain('freeze');
  });

  it('is certified at the end of the contract, with the others', () => {
    const deleted = [...withdrawn, itsDay, ...events(...wholeDeletionOf(1))];
    expect(stepsIn(reactionsTo([...deleted, told(terminated)]))).toEqual(['freeze']);
  });

  it('is returned first where that was chosen, and kept for as long as a law requires', () => {
    const returned = [...service, ...events(chosen('return-then-delete'), takenBack(1, first)), itsDay];
    expect(reactionsTo(returned)).toEqual([]);
    expect(stepsIn(reactionsTo([...returned, told(acknowledged(1), first.at)]))).toEqual(['order-deletion']);
    const kept = [...service, ...events(retained(1, 1, untilAugust), takenBack(1, first)), itsDay];
    expect(reactionsTo(kept)).toMatchObject([{ kind: 'set-deadline', dueAt: untilAugust.at }]);
    expect(stepsIn(reactionsTo([...kept, told(lifted(1, 1), first.at)]))).toEqual(['order-deletion']);
  });

  it('stands in the overview with its own end', () => {
    const standing = (inputs: readonly Input[], at: string): unknown => {
      const { state } = course(inputs);
      return state.status === 'known' ? deletionStanding(state.case, at as Instant) : undefined;
    };
    expect(standing(withdrawn, recordedAt)).toMatchObject({
      standing: 'in-part',
      dataSets: [{ dataSetId: dataSetId(1), endedAt: first, waitsFor: 'day-of-withdrawal' }],
    });
    expect(standing([...withdrawn, itsDay], first.at)).toMatchObject({
      dataSets: [{ waitsFor: 'next-step' }],
    });
    expect(standing([...withdrawn, told(terminated)], lastDay.at)).toMatchObject({
      standing: 'being-deleted',
      dataSets: [{ endedAt: first }, { endedAt: lastDay }],
    });
    const deleted = [...withdrawn, itsDay, ...events(...wholeDeletionOf(1))];
    expect(standing(deleted, first.at)).toBeUndefined();
  });
});
