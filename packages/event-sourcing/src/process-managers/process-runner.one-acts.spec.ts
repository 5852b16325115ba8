import { describe, expect, it, jest } from '@jest/globals';
import { dangerousLeaseStoreMutations, type LeaseStoreMutation } from '../testing/lease-store-mutations';
import { assertOneActs, type LeasedParts } from '../testing/leased-rivals';
import type { CreateRunner } from '../testing/order-scene';
import type * as actingAlone from './acting-alone';
import { createProcessRunner } from './process-runner';
import type * as processRunner from './process-runner';
import type { ActingAlone } from './acting-alone';

const faultless: LeaseStoreMutation = () => ({});

/** The runner, with a wrong idea of when it may act, or write. */
const runnerWith = (mistake: (right: typeof actingAlone) => Partial<typeof actingAlone>): CreateRunner => {
  let mutant: CreateRunner = createProcessRunner;
  jest.isolateModules(() => {
    const right = jest.requireActual<typeof actingAlone>('./acting-alone');
    jest.doMock('./acting-alone', () => ({ ...right, ...mistake(right) }));
    mutant = jest.requireActual<typeof processRunner>('./process-runner').createProcessRunner;
    jest.dontMock('./acting-alone');
  });
  return mutant;
};

const writingWithoutALook = runnerWith(() => ({ writtenAlone: (store) => store }));

const actingWithoutALook = runnerWith(({ createActingAlone, writtenAlone }) => {
  const rights = new Map<ActingAlone, ActingAlone>();
  return {
    createActingAlone: (...request) => {
      const right = createActingAlone(...request);
      let token: number | undefined;
      const wrong: ActingAlone = {
        work: (pass, signal) =>
          right.work(async () => {
            await right.begin((fencingToken) => Promise.resolve((token = fencingToken)));
            await pass();
          }, signal),
        begin: (act) => act(token),
      };
      rights.set(wrong, right);
      return wrong;
    },
    writtenAlone: (store, wrong) => writtenAlone(store, rights.get(wrong) ?? wrong),
  };
});

describe('of several runners with leases', () => {
  it('one acts and writes at a time, whenever they stand still, die and come back', async () => {
    await assertOneActs({ create: createProcessRunner, mutate: faultless }, { numRuns: 100 });
  });

  it('one acts again when the completion of another came too late to be known, as it may', async () => {
    const lateCompletion = { seed: -1_621_528_507, path: '8', numRuns: 1 };
    await assertOneActs({ create: createProcessRunner, mutate: faultless }, lateCompletion);
  });

  const assertFoundOut = (parts: LeasedParts, complaint: RegExp): Promise<void> =>
    expect(assertOneActs(parts, { numRuns: 1000, endOnFailure: true })).rejects.toMatchObject({
      cause: { code: 'ERR_ASSERTION', message: expect.stringMatching(complaint) },
    });

  it.each<[mistake: string, create: CreateRunner, complaint: RegExp]>([
    ['acts without looking at its lease', actingWithoutALook, /somebody acts without the lease/],
    ['writes without looking at its lease', writingWithoutALook, /somebody writes without the lease/],
  ])('one that %s is found out', async (_, create, complaint) => {
    await assertFoundOut({ create, mutate: faultless }, complaint);
  });

  it.each<[mistake: keyof typeof dangerousLeaseStoreMutations, complaint: RegExp]>([
    ['raises no epoch', /without the lease/],
    ['gives away what is held', /without the lease/],
    ['lets anybody release', /without the lease/],
    ['gives a lease that never ends', /Expected all to come to rest/],
  ])('a store that %s is found out', async (mistake, complaint) => {
    const mutate = dangerousLeaseStoreMutations[mistake];
    await assertFoundOut({ create: createProcessRunner, mutate }, complaint);
  });
});
