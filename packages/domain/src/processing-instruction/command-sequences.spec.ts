import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { arbitraryInstructionCommand, runs, shifted } from '../testing';
import {
  areInterruptionsInOrder,
  amending,
  concluded,
  confirming,
  contesting,
  contractId,
  flawsOf,
  instructionFacts,
  instructionId,
  isAscending,
  issuance,
  noonOf,
  noticed,
  pausing,
  refusing,
  resuming,
  superseding,
  walk,
  withdrawing,
  type Step,
  type ToldOfInstruction,
  type Walk,
} from '../testing/scenery';
import type { InstructionCommand } from './commands';
import type { InstructionEvent } from './events';
import { processingInstruction, type InstructionFacts } from './index';
import { explainInstructionRejection, type InstructionRejection } from './rejections';
import type { ProcessingInstruction } from './state';

type InstructionWalk = Walk<ProcessingInstruction, InstructionEvent, InstructionRejection>;

const acts: readonly ((now: Instant) => ToldOfInstruction)[] = [
  () => issuance(),
  amending,
  amending,
  pausing,
  resuming,
  (now) => pausing(shifted(now, -1)),
  contesting,
  (now) => confirming(shifted(now, 1)),
  resuming,
  withdrawing,
  superseding,
  refusing,
];

const chances = fc.array(
  fc.tuple(
    fc.nat(acts.length - 1),
    // Once in a while a command that makes no sense where it comes.
    fc.option(arbitraryInstructionCommand, { nil: undefined, freq: 1 }),
    fc.constantFrom(0, 1, 3_600_000, 86_400_000),
    fc.constantFrom(concluded, concluded, noticed),
  ),
  { maxLength: 30, size: 'max' },
);

const arbitrarySteps = chances.map((all): readonly Step<InstructionCommand, InstructionFacts>[] => {
  let now = noonOf('2026-03-01');
  return all.map(([number, senseless, waitMs, contract], index) => {
    now = shifted(now, waitMs);
    const facts = instructionFacts(contract, now);
    const command = acts[index === 0 ? 0 : number]!(now).command;
    if (senseless === undefined || number % 4 !== 3) return { command, facts };
    const data = { ...senseless.data, contractId, instructionId };
    return { command: { ...senseless, data } as InstructionCommand, facts };
  });
});

const endings: readonly string[] = ['InstructionWithdrawn', 'InstructionRefused', 'InstructionSuperseded'];

const eventsOfType = <Type extends InstructionEvent['type']>(
  { events }: InstructionWalk,
  ...types: readonly Type[]
): readonly Extract<InstructionEvent, { type: Type }>[] =>
  events.filter((event): event is Extract<InstructionEvent, { type: Type }> =>
    types.some((type) => type === event.type),
  );

const timesOf = (events: readonly { readonly data: { readonly effectiveAt: Instant } }[]) =>
  events.map(({ data }) => data.effectiveAt);

const laws: Readonly<Record<string, (walked: InstructionWalk) => boolean>> = {
  'an ended instruction stays ended, and its end only ever moves forward': ({ states }) => {
    let endsAt: string | undefined;
    return states.every((state) => {
      if (state.status !== 'ended') return endsAt === undefined;
      const isNoLater = endsAt === undefined || state.endedAt <= endsAt;
      endsAt = state.endedAt;
      return isNoLater;
    });
  },
  'an instruction is issued once': (walked) => eventsOfType(walked, 'InstructionIssued').length <= 1,
  'new versions follow the old ones': (walked) =>
    isAscending(timesOf(eventsOfType(walked, 'InstructionAmended'))),
  'suspensions and resumptions are in order': (walked) =>
    areInterruptionsInOrder(
      eventsOfType(walked, 'InstructionSuspended', 'InstructionResumed').map(({ type, data }) => ({
        isStop: type === 'InstructionSuspended',
        at: data.effectiveAt,
      })),
    ),
  'nothing is confirmed or refused that was not contested': (walked) => {
    let isContested = false;
    return walked.events.every(({ type }) => {
      const wasContested = isContested;
      if (type === 'InstructionContested') isContested = true;
      if (type === 'InstructionConfirmed' || type === 'InstructionAmended') isContested = false;
      return wasContested || (type !== 'InstructionConfirmed' && type !== 'InstructionRefused');
    });
  },
};

type InstructionDecider = typeof processingInstruction;

/** An instruction that does not notice some of its events. */
const blindTo = (...types: readonly InstructionEvent['type'][]): InstructionDecider => ({
  ...processingInstruction,
  evolve: (state, event) => (types.includes(event.type) ? state : processingInstruction.evolve(state, event)),
});

/** An instruction that decides as if its state were another one. */
const mistaking = (mistake: (state: ProcessingInstruction) => ProcessingInstruction): InstructionDecider => ({
  ...processingInstruction,
  decide: (command, state, facts) => processingInstruction.decide(command, mistake(state), facts),
});

const unended = (state: ProcessingInstruction): ProcessingInstruction =>
  state.status === 'ended' ? { status: 'issued', record: state.record } : state;

/** An instruction that comes back to life when something else happens to it. */
const reviving: InstructionDecider = {
  ...mistaking(unended),
  evolve: (state, event) =>
    processingInstruction.evolve(endings.includes(event.type) ? state : unended(state), event),
};

const mutants: Readonly<Record<keyof typeof laws, InstructionDecider>> = {
  'an ended instruction stays ended, and its end only ever moves forward': reviving,
  'an instruction is issued once': mistaking((state) =>
    state.status === 'ended' ? { status: 'none' } : state,
  ),
  'new versions follow the old ones': blindTo('InstructionAmended'),
  'suspensions and resumptions are in order': blindTo('InstructionResumed'),
  'nothing is confirmed or refused that was not contested': blindTo('InstructionConfirmed'),
};

describe.each(Object.entries(laws))('whatever an instruction is told: %s', (title, law) => {
  const property = (decider: InstructionDecider) =>
    fc.property(arbitrarySteps, (steps) => law(walk(decider, steps)));

  it('holds', () => fc.assert(property(processingInstruction), runs(300)));

  it('would be found out otherwise', () => {
    const attempt = { seed: 20_260_329, numRuns: 1000, endOnFailure: true };
    expect(fc.check(property(mutants[title]!), attempt).failed).toBe(true);
  });
});

describe('whatever an instruction is told', () => {
  it('a refusal explains itself and quotes nothing', () => {
    fc.assert(
      fc.property(arbitrarySteps, (steps) => {
        const { rejections } = walk(processingInstruction, steps);
        expect(rejections.flatMap((found) => flawsOf(found, explainInstructionRejection(found)))).toEqual([]);
      }),
      runs(100),
    );
  });
});
