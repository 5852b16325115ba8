import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeletionEvent } from './events';
import { evolve } from './evolve';
import { react } from './react';
import { disturbed, unusual, usual, type Disturbance } from './testing/disturbed-inputs';
import { dataSetId } from './testing/events';
import { broken, type Process } from './testing/monitor';
import { course, effectsIn, type Input } from './testing/scenario';

const place = fc.nat(60);

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.record({ kind: fc.constantFrom('drop', 'repeat'), at: place }),
  fc.record({ kind: fc.constant('move' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('insert' as const), input: fc.constantFrom(...unusual), to: place }),
);

/** The inputs of a deletion, disturbed: some missing, repeated, out of order, and others among them. */
const disturbedInputs: fc.Arbitrary<readonly Input[]> = fc
  .array(disturbance, { maxLength: 12 })
  .map((disturbances) => disturbances.reduce(disturbed, usual));

const real: Process = { evolve, react };

const keepsItsPromises = (process: Process): fc.IProperty<[readonly Input[]]> =>
  fc.property(disturbedInputs, (inputs) => {
    expect(broken(process, inputs)).toEqual([]);
  });

describe('a deletion told its inputs in any order, with gaps and repetitions', () => {
  it('asks for nothing before what has to come first', () => {
    fc.assert(keepsItsPromises(real), { numRuns: 1000 });
  });

  it('gets to a certificate often enough for that to mean something', () => {
    const courses = fc.sample(disturbedInputs, { numRuns: 300, seed: 1 });
    const certified = courses.filter((inputs) =>
      effectsIn(course(inputs).reactions.flat()).some(({ step }) => step === 'certify'),
    );
    expect(certified.length).toBeGreaterThan(60);
  });
});

describe('the promises', () => {
  const blindTo = (isUnseen: (event: DeletionEvent) => boolean): Process => ({
    react,
    evolve: (state, input) =>
      input.kind === 'event' && isUnseen(input.event) ? state : evolve(state, input),
  });

  const hasty = (type: DeletionEvent['type'], step: 'destroy-keys' | 'delete-data-set'): Process => ({
    evolve,
    react: (state, input) =>
      input.kind === 'event' && input.event.type === type && state.status === 'known'
        ? [...state.case.dataSets.keys()].map((id) => ({
            kind: 'effect',
            effect: { step, contractId: state.case.contractId, dataSetId: id },
          }))
        : react(state, input),
  });

  const mutants: readonly (readonly [string, Process])[] = [
    ['forgets a law that requires storage', blindTo(({ type }) => type === 'RetentionLawApplied')],
    ['forgets that a return was chosen', blindTo(({ type }) => type === 'EndOfServiceChosen')],
    ['forgets that a notice was withdrawn', blindTo(({ type }) => type === 'TerminationNoticeWithdrawn')],
    ['forgets a store that was registered', blindTo(({ type }) => type === 'StoreRegistered')],
    [
      'forgets a data set',
      blindTo(({ type, data }) => type === 'DataSetEntrusted' && data.dataSetId === dataSetId(2)),
    ],
    ['destroys keys at the end, without an order', hasty('ContractTerminated', 'destroy-keys')],
    ['calls a data set deleted before its stores have answered', hasty('KeysDestroyed', 'delete-data-set')],
  ];

  it.each(mutants)('are seen to be broken by a process that %s', (_name, mutant) => {
    expect(fc.check(keepsItsPromises(mutant), { numRuns: 1000, seed: 1, endOnFailure: true }).failed).toBe(
      true,
    );
  });
});
