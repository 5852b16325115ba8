import { describe, expect, it } from '@jest/globals';
import { createInMemoryProjectionStore } from '../projections/in-memory-projection-store';
import type { ProjectionStore } from '../projections/projection-store';
import { createIdleProjectionStore, createRefusingProjectionStore } from './idle-projection-store';
import type { CreateProjectionStoreHarness } from './projection-conformance-test';
import { projectionStoreConformance, projectionStoreConformanceTests } from './projection-store-conformance';
import type { ProjectionStoreMutation } from './projection-reading-mutations';
import { projectionStoreMutations } from './projection-store-mutations';

const harnessOf =
  (createStore: () => ProjectionStore, sharesData = false): CreateProjectionStoreHarness =>
  () =>
    Promise.resolve({
      sharesData,
      open: () => Promise.resolve(createStore()),
      dispose: () => Promise.resolve(),
    });

projectionStoreConformance({ describe, it }, 'in-memory', {
  createHarness: harnessOf(createInMemoryProjectionStore),
});

const titlesPassed = async (createHarness: CreateProjectionStoreHarness): Promise<readonly string[]> => {
  const passed: string[] = [];
  for (const { title, run } of projectionStoreConformanceTests) {
    await run({ createHarness }).then(
      () => passed.push(title),
      () => undefined,
    );
  }
  return passed;
};

const mutant = (mutate: ProjectionStoreMutation): CreateProjectionStoreHarness =>
  harnessOf(() => {
    const store = createInMemoryProjectionStore();
    return { ...store, ...mutate(store) };
  });

describe('the conformance suite of projection stores', () => {
  it('gives every test a name of its own', () => {
    const titles = projectionStoreConformanceTests.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each([
    ['says yes and does nothing', createIdleProjectionStore(true)],
    ['says no and does nothing', createIdleProjectionStore(false)],
    ['refuses everything', createRefusingProjectionStore()],
  ])('holds no test that a store passes which %s', async (_, store) => {
    expect(await titlesPassed(harnessOf(() => store))).toEqual([]);
    expect(await titlesPassed(harnessOf(() => store, true))).toEqual([]);
  });

  it('passes the in-memory store when nothing is changed about it', async () => {
    const passed = await titlesPassed(mutant(() => ({})));
    expect(passed).toHaveLength(projectionStoreConformanceTests.length);
  });

  it.each(projectionStoreMutations)('finds out a store that %s', async (_, mutate) => {
    const passed = await titlesPassed(mutant(mutate));
    expect(passed.length).toBeLessThan(projectionStoreConformanceTests.length);
  });

  it('finds out handles that share nothing though they should, and the other way round', async () => {
    const apart = await titlesPassed(harnessOf(createInMemoryProjectionStore, true));
    expect(apart.length).toBeLessThan(projectionStoreConformanceTests.length);
    const open = (): (() => ProjectionStore) => {
      const store = createInMemoryProjectionStore();
      return () => ({ ...store, close: () => Promise.resolve() });
    };
    const together = await titlesPassed(() => harnessOf(open())());
    expect(together.length).toBeLessThan(projectionStoreConformanceTests.length);
  });
});
