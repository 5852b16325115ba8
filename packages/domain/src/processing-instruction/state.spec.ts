import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryInstructionEvent, instructionEvents, runs } from '../testing';
import {
  amending,
  contesting,
  frozen,
  instructedFrom,
  issued,
  issuing,
  noonOf,
  otherInstructionId,
  pausing,
  refusing,
  stateAfter,
  superseding,
  today,
  withdrawing,
  type InstructionStory,
} from '../testing/scenery';
import type { InstructionEvent, InstructionIssued } from './events';
import { processingInstruction } from './index';
import { evolve, initialInstruction, type ProcessingInstruction } from './state';

const stories: Readonly<Record<ProcessingInstruction['status'], InstructionStory>> = {
  none: [],
  issued: [...issued, amending(noonOf('2026-02-10')), pausing(today), contesting(today)],
  ended: [...issued, withdrawing(today)],
};

const states = Object.entries(stories).map(
  ([status, story]) => [status, frozen(stateAfter(processingInstruction, story))] as const,
);

const eventTypes = Object.entries<fc.Arbitrary<InstructionEvent>>(instructionEvents);

describe.each(states)('to an instruction that is %s', (status, state) => {
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

describe('folding the events of an instruction', () => {
  it('never throws and never changes what it was given, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(arbitraryInstructionEvent, { maxLength: 20 }), (events) => {
        events.reduce((state, event) => frozen(evolve(state, frozen(event))), frozen(initialInstruction));
      }),
      runs(200),
    );
  });

  it('begins with its issue: nothing that comes before makes an instruction', () => {
    fc.assert(
      fc.property(arbitraryInstructionEvent, (event) => {
        const { status } = evolve(initialInstruction, event);
        expect(status).toBe(event.type === 'InstructionIssued' ? 'issued' : 'none');
      }),
      runs(100),
    );
  });

  it('keeps the earliest end, in whatever order the ends come', () => {
    const earlier = noonOf('2026-02-01');
    const endOf = (...ends: InstructionStory): unknown => {
      const state = stateAfter(processingInstruction, [...issued, contesting(today), ...ends]);
      return state.status === 'ended' ? [state.ending, state.endedAt, state.supersededBy] : [];
    };
    expect(endOf(withdrawing(today), refusing(earlier))).toEqual(['refused', earlier, undefined]);
    expect(endOf(refusing(earlier), withdrawing(today))).toEqual(['refused', earlier, undefined]);
    expect(endOf(withdrawing(today), refusing(today))).toEqual(['withdrawn', today, undefined]);
    expect(endOf(withdrawing(today), superseding(today))).toEqual(['withdrawn', today, undefined]);
    expect(endOf(withdrawing(today), superseding(earlier))).toEqual([
      'superseded',
      earlier,
      otherInstructionId,
    ]);
  });

  it('remembers what the instruction supersedes', () => {
    const { event } = issuing({ supersedes: otherInstructionId });
    const supersedes = { ...event.data, supersedes: otherInstructionId } as InstructionIssued['data'];
    const state = evolve(initialInstruction, { type: 'InstructionIssued', data: supersedes });
    expect(state).toMatchObject({ status: 'issued', record: { supersedes: otherInstructionId } });
    expect(stateAfter(processingInstruction, issued)).not.toHaveProperty('record.supersedes');
  });

  it('replaces a version by one that holds from the same instant on', () => {
    const at = noonOf('2026-02-10');
    const state = stateAfter(processingInstruction, [...issued, amending(at), amending(at)]);
    if (state.status !== 'issued') throw new Error('Expected an instruction that lasts.');
    expect(state.record.versions.map(({ effectiveAt }) => effectiveAt)).toEqual([instructedFrom, at]);
  });

  it('would be found out if it changed its state in place', () => {
    const state = frozen(stateAfter(processingInstruction, stories.issued));
    if (state.status !== 'issued') throw new Error('Expected an instruction that lasts.');
    expect(() => (state.record.versions as unknown[]).pop()).toThrow(TypeError);
  });
});
