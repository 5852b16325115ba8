import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { newEvents } from '../testing/conformance/events';
import { assertInlineProjectionsFollow, type InlineHarness } from '../testing/projection-inline-model';
import { inlineMutants } from '../testing/projection-inline-mutants';
import { eventStoreConformance } from '../testing/event-store-conformance';
import { createInlineScene } from '../testing/projection-inline-scene';
import { tallyWith } from '../testing/sample-tally';

eventStoreConformance({ describe, it }, 'in-memory (with an inline projection)', {
  createHarness: (clock) =>
    Promise.resolve({
      open: () => Promise.resolve(createInMemoryEventStore({ clock, inline: [tallyWith()] })),
      dispose: () => Promise.resolve(),
    }),
});

const harnessOf = (open: InlineHarness['open']) => () =>
  Promise.resolve({ open, dispose: () => Promise.resolve() });

describe('an inline projection', () => {
  it('knows after every append what a fold of the log would know, whoever else works on it', async () => {
    const open: InlineHarness['open'] = (inline) => Promise.resolve(createInMemoryEventStore({ inline }));
    await expect(assertInlineProjectionsFollow(harnessOf(open))).resolves.toBeUndefined();
  });

  it.each(inlineMutants)('would be found out if its store %s', async (_, open) => {
    await expect(
      assertInlineProjectionsFollow(harnessOf(open), { numRuns: 200, endOnFailure: true }),
    ).rejects.toMatchObject({ cause: { code: 'ERR_ASSERTION' } });
  });

  it('needs a name of its own', () => {
    expect(() => createInMemoryEventStore({ inline: [tallyWith(), tallyWith({ version: 2 })] })).toThrow(
      RangeError,
    );
  });

  it('is closed with its event store', async () => {
    const { store } = createInlineScene();
    await store.close();
    await expect(store.projections.generations()).rejects.toMatchObject({ code: 'store-closed' });
  });
});

describe('an event that cannot be handled', () => {
  it('is recorded all the same, and parks its partition, which an engine can help', async () => {
    const scene = createInlineScene();
    await scene.write({ stream: 'a', entries: ['readable', 'unlucky', 'readable'] });
    await scene.write({ stream: 'b', entries: ['readable'] });
    expect(await scene.numbers('a')).toBe('parked');
    expect(await scene.numbers('b')).toEqual([103]);
    const engine = scene.engine([scene.lucky]);
    await engine.retry('tally', 'a');
    expect(await scene.numbers('a')).toEqual([100, 13, 102]);
    await scene.write({ stream: 'a', entries: ['unreadable', 'readable'] });
    await engine.resolve('tally', 'a');
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toEqual([100, 13, 102, 105, 106]);
  });

  it('is tried again although an append moves the projection on meanwhile', async () => {
    const scene = createInlineScene();
    await scene.write({ stream: 'a', entries: ['unlucky'] });
    let interruptions = 2;
    const engine = scene.engine([scene.lucky], {
      readAll: async (options) => {
        const page = await scene.store.readAll(options);
        if (interruptions > 0) await scene.write({ stream: 'b', entries: ['readable'] });
        interruptions -= 1;
        return page;
      },
    });
    await engine.retry('tally', 'a');
    expect(await scene.numbers('a')).toEqual([13]);
    expect(await scene.numbers('b')).toEqual([101, 102]);
  });
});

describe('an inline projection that fails as a whole', () => {
  it.each([
    [
      'cannot tell the partition of an event',
      () => {
        throw new RangeError('no partition');
      },
      undefined,
    ],
    ['makes a document that JSON cannot hold', undefined, () => ({ numbers: [1n] }) as never],
  ])('since it %s lets events be recorded, and answers nothing', async (_, partitionOf, evolve) => {
    let isBroken = true;
    const fine = tallyWith();
    const scene = createInlineScene([
      tallyWith({
        partitionOf: (event) => (isBroken && partitionOf ? partitionOf() : fine.partitionOf(event)),
        evolve: (...request) =>
          (isBroken && evolve ? evolve() : fine.evolve(...request)) as {
            readonly numbers: readonly number[];
          },
      }),
      tallyWith({ name: 'other' }),
    ]);
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toBe('unknown');
    expect(await scene.numbers('a', 'other')).toEqual([100]);
    expect(await scene.generations()).toMatchObject([
      { name: 'other', status: 'active', isLive: true },
      { name: 'tally', status: 'error', isLive: false, failure: { code: 'failed', attempts: 1 } },
    ]);
    isBroken = false;
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toBe('unknown');
    scene.wait(1000);
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toEqual([100, 101, 102]);
    expect(await scene.generations()).toMatchObject([{ name: 'other' }, { status: 'active', isLive: true }]);
  });
});

describe('an inline projection that is far behind', () => {
  const plantMany = async (scene: ReturnType<typeof createInlineScene>): Promise<void> => {
    for (const stream of ['x', 'y', 'z']) await scene.store.append(stream, 0, newEvents(400));
  };

  it('answers nothing until an engine has brought it to the head', async () => {
    const scene = createInlineScene();
    const engine = scene.engine([tallyWith()]);
    await engine.pause('tally');
    await plantMany(scene);
    await engine.resume('tally');
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toBe('unknown');
    expect(await scene.generations()).toMatchObject([{ status: 'booting', isLive: false }]);
    await engine.run();
    expect(await scene.numbers('a')).toEqual([100]);
  });

  it('is brought to the head by the append itself when it is not that far', async () => {
    const scene = createInlineScene();
    const engine = scene.engine([tallyWith()]);
    await engine.pause('tally');
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toBe('absent');
    await engine.resume('tally');
    await scene.write({ stream: 'b', entries: ['readable'] });
    expect(await scene.numbers('a')).toEqual([100]);
  });

  it('is not asked when something was appended before its rebuild was seen at the head', async () => {
    const scene = createInlineScene();
    await plantMany(scene);
    let reads = 0;
    const engine = scene.engine([tallyWith()], {
      readAll: async (options) => {
        const page = await scene.store.readAll(options);
        reads += 1;
        if (page.atHead) await scene.write({ stream: 'a', entries: ['readable'] });
        return page;
      },
    });
    await engine.rebuild('tally');
    await engine.run();
    expect(reads).toBeGreaterThan(0);
    expect(await scene.numbers('a')).toEqual(
      Array.from({ length: (await scene.store.readStream('a')).events.length }, (_, index) => 100 + index),
    );
  });
});

describe('a new version of an inline projection', () => {
  const doubled = tallyWith({
    version: 2,
    evolve: (tally, { event }) => ({ numbers: [...(tally?.numbers ?? []), 2 * event.data.number] }),
  });

  it('is built beside the old one by an engine, and never leaves an old answer to be read', async () => {
    const scene = createInlineScene();
    await scene.write({ stream: 'a', entries: ['readable'] });
    const engine = scene.engine([doubled]);
    await engine.run();
    expect(await scene.numbers('a')).toEqual([200]);
    // Software that appends under the old version knows nothing of the new one.
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toEqual([100, 101]);
    await engine.run();
    expect(await scene.numbers('a')).toEqual([200, 202]);
  });
});

describe('an inline projection that an engine has found fault with', () => {
  it('goes on, since its appends do not depend on what the engine met', async () => {
    const scene = createInlineScene();
    const engine = scene.engine([tallyWith()], { readAll: () => Promise.reject(new RangeError('no')) });
    await engine.run();
    expect(await scene.generations()).toMatchObject([{ status: 'error', isLive: true }]);
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.numbers('a')).toEqual([100]);
    expect(await scene.generations()).toMatchObject([{ status: 'active', isLive: true }]);
  });

  it("is nobody's to take away: an engine that does not know it detaches it until the next append", async () => {
    const scene = createInlineScene();
    await scene.engine([]).run();
    expect(await scene.generations()).toMatchObject([{ status: 'detached', isLive: true }]);
    await scene.write({ stream: 'a', entries: ['readable'] });
    expect(await scene.generations()).toMatchObject([{ status: 'active', isLive: true }]);
  });
});
