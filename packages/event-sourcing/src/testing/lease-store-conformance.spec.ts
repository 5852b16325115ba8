import { describe, expect, it } from '@jest/globals';
import { createInMemoryLeaseStore } from '../leases/in-memory-lease-store';
import type { LeaseStore } from '../leases/lease-store';
import { createIdleLeaseStore, createRefusingLeaseStore } from './idle-lease-store';
import type { CreateLeaseStoreHarness } from './lease-conformance-test';
import { leaseStoreConformance, leaseStoreConformanceTests } from './lease-store-conformance';
import { leaseStoreMutations, type LeaseStoreMutation } from './lease-store-mutations';

const harnessOf =
  (createStore: () => LeaseStore, sharesData = false): CreateLeaseStoreHarness =>
  () =>
    Promise.resolve({
      sharesData,
      open: () => Promise.resolve(createStore()),
      dispose: () => Promise.resolve(),
    });

/** Handles that can be closed one by one, on the data of one store. */
const sharing = (): CreateLeaseStoreHarness => () => {
  const store = createInMemoryLeaseStore();
  return harnessOf(() => {
    const closed = createInMemoryLeaseStore();
    let handle = store;
    return {
      acquire: (...request) => handle.acquire(...request),
      renew: (...request) => handle.renew(...request),
      release: (...request) => handle.release(...request),
      close: () => {
        handle = closed;
        return closed.close();
      },
    };
  }, true)();
};

leaseStoreConformance({ describe, it }, 'in-memory', { createHarness: harnessOf(createInMemoryLeaseStore) });
leaseStoreConformance({ describe, it }, 'in-memory (several handles)', { createHarness: sharing() });

const titlesPassed = async (createHarness: CreateLeaseStoreHarness): Promise<readonly string[]> => {
  const passed: string[] = [];
  for (const { title, run } of leaseStoreConformanceTests) {
    await run({ createHarness }).then(
      () => passed.push(title),
      () => undefined,
    );
  }
  return passed;
};

const mutant = (mutate: LeaseStoreMutation): CreateLeaseStoreHarness =>
  harnessOf(() => {
    const store = createInMemoryLeaseStore();
    return { ...store, ...mutate(store) };
  });

describe('the conformance suite of lease stores', () => {
  it('gives every test a name of its own', () => {
    const titles = leaseStoreConformanceTests.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each([
    ['says yes and does nothing', createIdleLeaseStore(true)],
    ['says no and does nothing', createIdleLeaseStore(false)],
    ['refuses everything', createRefusingLeaseStore()],
  ])('holds no test that a store passes which %s', async (_, store) => {
    expect(await titlesPassed(harnessOf(() => store))).toEqual([]);
    expect(await titlesPassed(harnessOf(() => store, true))).toEqual([]);
  });

  it('passes the in-memory store when nothing is changed about it', async () => {
    expect(await titlesPassed(mutant(() => ({})))).toHaveLength(leaseStoreConformanceTests.length);
  });

  it.each(leaseStoreMutations)('finds out a store that %s', async (_, mutate) => {
    const passed = await titlesPassed(mutant(mutate));
    expect(passed.length).toBeGreaterThan(0);
    expect(passed.length).toBeLessThan(leaseStoreConformanceTests.length);
  });

  it('finds out handles that share nothing though they should, and the other way round', async () => {
    const apart = await titlesPassed(harnessOf(createInMemoryLeaseStore, true));
    expect(apart.length).toBeLessThan(leaseStoreConformanceTests.length);
    const together = await titlesPassed(async () => ({ ...(await sharing()()), sharesData: false }));
    expect(together.length).toBeLessThan(leaseStoreConformanceTests.length);
  });
});
