import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { arbitraryContractCommand, dayAfter, runs, shifted } from '../testing';
import {
  areInterruptionsInOrder,
  amendment,
  announcement,
  authorisation,
  choice,
  closing,
  conclusion,
  dismissal,
  flawsOf,
  followers,
  isAscending,
  noonOf,
  notice,
  noticeWithdrawal,
  objection,
  resumption,
  revocation,
  strangerId,
  suspension,
  termination,
  walk,
  writtenAgreement,
  type Step,
  type ToldOfContract,
  type Walk,
} from '../testing/scenery';
import { nth } from '../testing';
import { contract, type ContractFacts } from './index';
import type { ContractCommand } from './commands';
import type { ContractEvent } from './events';
import { explainContractRejection, type ContractRejection } from './rejections';
import type { Contract } from './state';

type ContractWalk = Walk<Contract, ContractEvent, ContractRejection>;

const today = (now: Instant) => dayAfter(now, 0, 'Europe/Warsaw');
const nextWeek = (now: Instant) => dayAfter(now, 7, 'Europe/Warsaw');

const acts: readonly ((now: Instant) => ToldOfContract)[] = [
  () => conclusion(),
  amendment,
  suspension,
  (now) => suspension(shifted(now, -1)),
  resumption,
  resumption,
  (now) => notice(nextWeek(now)),
  () => noticeWithdrawal,
  (now) => termination(today(now)),
  () => closing(nth.certificateId(1)),
  () => closing(nth.certificateId(2)),
  () => choice('return-then-delete'),
  (now) => authorisation(strangerId, { from: now }),
  (now) => revocation(strangerId, now),
  (now) => announcement(nextWeek(now)),
  writtenAgreement,
  objection,
  dismissal,
];

type Chance = readonly [number, ContractCommand | undefined, number];

const chances: fc.Arbitrary<readonly Chance[]> = fc.array(
  fc.tuple(
    fc.nat(acts.length - 1),
    // Once in a while a command that makes no sense where it comes.
    fc.option(arbitraryContractCommand, { nil: undefined, freq: 1 }),
    fc.constantFrom(0, 1, 3_600_000, 86_400_000),
  ),
  { maxLength: 40, size: 'max' },
);

const arbitrarySteps = chances.map((all): readonly Step<ContractCommand, ContractFacts>[] => {
  let now = noonOf('2026-03-27');
  return all.map(([number, senseless, waitMs], index) => {
    now = shifted(now, waitMs);
    const command = acts[index === 0 ? 0 : number]!(now).command;
    return { command: number % 4 === 3 ? (senseless ?? command) : command, facts: { now } };
  });
});

const typesOf = ({ events }: ContractWalk): readonly string[] => events.map(({ type }) => type);
const timesOf = ({ events }: ContractWalk, types: readonly string[]): readonly string[] =>
  events.flatMap(({ type, data }) =>
    types.includes(type) && 'effectiveAt' in data ? [data.effectiveAt] : [],
  );

const laws: Readonly<Record<string, (walked: ContractWalk) => boolean>> = {
  'a terminated contract stays terminated': (walked) =>
    followers(typesOf(walked), (type) => type === 'ContractTerminated').every(
      (type) => type === 'ContractClosed',
    ) &&
    followers(walked.states, ({ status }) => status === 'terminated').every(
      ({ status }) => status === 'closed',
    ),
  'closed is final': (walked) =>
    followers(walked.events, ({ type }) => type === 'ContractClosed').length === 0,
  'a contract is concluded once and terminated once': (walked) =>
    ['ContractConcluded', 'ContractTerminated'].every(
      (once) => typesOf(walked).filter((type) => type === once).length <= 1,
    ),
  'new terms follow the old ones': (walked) => isAscending(timesOf(walked, ['ContractAmended'])),
  'suspensions and resumptions are in order': ({ events }) =>
    areInterruptionsInOrder(
      events.flatMap(({ type, data }) =>
        type === 'ContractSuspended' || type === 'ContractResumed'
          ? [{ isStop: type === 'ContractSuspended', at: data.effectiveAt }]
          : [],
      ),
    ),
};

type ContractDecider = typeof contract;

/** A contract that does not notice some of its events. */
const blindTo = (...types: readonly ContractEvent['type'][]): ContractDecider => ({
  ...contract,
  evolve: (state, event) => (types.includes(event.type) ? state : contract.evolve(state, event)),
});

/** A contract that decides as if its state were another one. */
const mistaking = (mistake: (state: Contract) => Contract): ContractDecider => ({
  ...contract,
  decide: (command, state, facts) => contract.decide(command, mistake(state), facts),
});

const mutants: Readonly<Record<keyof typeof laws, ContractDecider>> = {
  'a terminated contract stays terminated': mistaking((state) =>
    state.status === 'terminated' ? { status: 'concluded', agreement: state.agreement } : state,
  ),
  'closed is final': mistaking((state) =>
    state.status === 'closed' ? { ...state, status: 'terminated' } : state,
  ),
  'a contract is concluded once and terminated once': blindTo('ContractTerminated'),
  'new terms follow the old ones': blindTo('ContractAmended'),
  'suspensions and resumptions are in order': blindTo('ContractSuspended'),
};

describe.each(Object.entries(laws))('whatever a contract is told: %s', (title, law) => {
  const property = (decider: ContractDecider) =>
    fc.property(arbitrarySteps, (steps) => law(walk(decider, steps)));

  it('holds', () => fc.assert(property(contract), runs(300)));

  it('would be found out otherwise', () => {
    const attempt = { seed: 20_260_329, numRuns: 1000, endOnFailure: true };
    expect(fc.check(property(mutants[title]!), attempt).failed).toBe(true);
  });
});

describe('whatever a contract is told', () => {
  it('a refusal explains itself and quotes nothing', () => {
    fc.assert(
      fc.property(arbitrarySteps, (steps) => {
        const { rejections } = walk(contract, steps);
        expect(rejections.flatMap((found) => flawsOf(found, explainContractRejection(found)))).toEqual([]);
      }),
      runs(100),
    );
  });
});
