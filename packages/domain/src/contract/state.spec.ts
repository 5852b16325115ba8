import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { arbitraryContractEvent, contractEvents, runs } from '../testing';
import {
  amendment,
  announcement,
  authorisation,
  closed,
  concluded,
  conclusion,
  day,
  frozen,
  noonOf,
  noticed,
  noticedEnd,
  startsAt,
  stateAfter,
  strangerId,
  suspension,
  terminated,
  today,
  type ContractStory,
} from '../testing/scenery';
import { contract } from './index';
import type { ContractEvent } from './events';
import { endOf, evolve, initialContract, type Contract } from './state';

const stories: Readonly<Record<Contract['status'], ContractStory>> = {
  none: [],
  concluded: [
    conclusion(),
    authorisation(strangerId, { from: today }),
    suspension(today),
    announcement(day('2026-03-02')),
  ],
  terminated,
  closed,
};

const states = Object.entries(stories).map(
  ([status, story]) => [status, frozen(stateAfter(contract, story))] as const,
);

const eventTypes = Object.entries<fc.Arbitrary<ContractEvent>>(contractEvents);

describe.each(states)('to a contract that is %s', (status, state) => {
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

describe('folding the events of a contract', () => {
  it('never throws and never changes what it was given, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(arbitraryContractEvent, { maxLength: 20 }), (events) => {
        events.reduce((state, event) => frozen(evolve(state, frozen(event))), frozen(initialContract));
      }),
      runs(200),
    );
  });

  it('begins with its conclusion: nothing that comes before makes a contract', () => {
    fc.assert(
      fc.property(arbitraryContractEvent, (event) => {
        const { status } = evolve(initialContract, event);
        expect(status).toBe(event.type === 'ContractConcluded' ? 'concluded' : 'none');
      }),
      runs(100),
    );
  });

  it('would be found out if it changed its state in place', () => {
    const state = frozen(stateAfter(contract, stories.concluded));
    if (state.status !== 'concluded') throw new Error('Expected a contract that lasts.');
    const { issuers, subProcessors } = state.agreement;
    expect(() => (issuers as unknown[]).push('another')).toThrow(TypeError);
    expect(() => (subProcessors as Map<unknown, unknown>).clear()).toThrow(TypeError);
  });
});

describe('the terms of a contract', () => {
  it('that hold from an instant on replace those that were to hold from then or later', () => {
    const [first, second, third] = ['2026-03-01', '2026-04-01', '2026-05-01'].map(noonOf) as [
      Instant,
      Instant,
      Instant,
    ];
    const amendedAt = (...times: readonly Instant[]): readonly Instant[] => {
      const state = stateAfter(contract, [...concluded, ...times.map((time) => amendment(time))]);
      return state.status === 'concluded' ? state.agreement.terms.map(({ effectiveAt }) => effectiveAt) : [];
    };
    expect(amendedAt(first, third, second)).toEqual([startsAt.at, first, second]);
    expect(amendedAt(first, second, second)).toEqual([startsAt.at, first, second]);
  });
});

describe('the end of a contract', () => {
  it('is unknown until there is a notice or a termination', () => {
    expect(endOf(initialContract)).toBeUndefined();
    expect(endOf(stateAfter(contract, concluded))).toBeUndefined();
  });

  it('is that of the notice, then that of the termination', () => {
    expect(endOf(stateAfter(contract, noticed))).toEqual(noticedEnd);
    expect(endOf(stateAfter(contract, terminated))).toEqual(noticedEnd);
    expect(endOf(stateAfter(contract, closed))).toEqual(noticedEnd);
  });
});
