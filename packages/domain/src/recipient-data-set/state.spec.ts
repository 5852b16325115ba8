import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryDataSetEvent, dataSetEvents, runs } from '../testing';
import {
  conflicting,
  day,
  deleted,
  erasing,
  erasingStore,
  archive,
  frozen,
  held,
  keyless,
  processing,
  restricting,
  retaining,
  stateAfter,
  today,
  unitedStates,
  type DataSetStory,
} from '../testing/scenery';
import { nth } from '../testing';
import type { DataSetEvent } from './events';
import { recipientDataSet } from './index';
import { evolve, initialDataSet, type RecipientDataSet } from './state';

const stories: Readonly<Record<RecipientDataSet['status'], DataSetStory>> = {
  none: [],
  held: [
    ...held,
    processing(),
    restricting(today),
    erasing(),
    retaining(day('2031-01-01')),
    conflicting(unitedStates, nth.retentionId(2)),
  ],
  'deletion-ordered': [...keyless, erasingStore(archive)],
  deleted,
};

const states = Object.entries(stories).map(
  ([status, story]) => [status, frozen(stateAfter(recipientDataSet, story))] as const,
);

const eventTypes = Object.entries<fc.Arbitrary<DataSetEvent>>(dataSetEvents);

describe.each(states)('to a data set that is %s', (status, state) => {
  it('is what its story leads to', () => expect(state.status).toBe(status));

  it.each(eventTypes)('%s can be added: nothing is thrown, nothing changed in place', (_type, events) => {
    fc.assert(
      fc.property(events, (event) => {
        const next = evolve(state, frozen(event));
        expect(Object.keys(stories)).toContain(next.status);
      }),
      runs(20),
    );
  });
});

describe('folding the events of a data set', () => {
  it('never throws and never changes what it was given, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(arbitraryDataSetEvent, { maxLength: 20 }), (events) => {
        events.reduce((state, event) => frozen(evolve(state, frozen(event))), frozen(initialDataSet));
      }),
      runs(200),
    );
  });

  it('begins when it is entrusted: nothing that comes before makes a data set', () => {
    fc.assert(
      fc.property(arbitraryDataSetEvent, (event) => {
        const { status } = evolve(initialDataSet, event);
        expect(status).toBe(event.type === 'DataSetEntrusted' ? 'held' : 'none');
      }),
      runs(100),
    );
  });

  it('would be found out if it changed its state in place', () => {
    const state = frozen(stateAfter(recipientDataSet, stories.held));
    if (state.status !== 'held') throw new Error('Expected a data set that is held.');
    const { stores, retentions } = state.record;
    expect(() => (stores as Set<unknown>).add('another')).toThrow(TypeError);
    expect(() => (retentions as Map<unknown, unknown>).delete(nth.retentionId(1))).toThrow(TypeError);
  });
});
