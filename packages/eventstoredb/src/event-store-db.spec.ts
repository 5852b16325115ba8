import { describe, expect, it } from '@jest/globals';
import { assertEventStoreAgreesWithModel, eventStoreConformanceTests } from '@mandate/event-sourcing/testing';
import { beyondTheServer, needsTheClock } from './testing/beyond-the-server';
import { protocolServerHarness, realServerHarness, uniqueIdsHarness } from './testing/event-store-harness';

describe('conformance of the EventStoreDB event store', () => {
  const createHarness = protocolServerHarness();

  for (const { title, run } of eventStoreConformanceTests.filter(
    (test) => !beyondTheServer.has(test.title),
  )) {
    it(title, () => run({ createHarness }));
  }
});

describe('what the server makes impossible', () => {
  const createHarness = protocolServerHarness();
  const run = (title: string): Promise<void> | undefined =>
    eventStoreConformanceTests.find((test) => test.title === title)?.run({ createHarness });

  it.each([...beyondTheServer])('%s: no, for %s', async (title) => {
    await expect(run(title)).rejects.toThrow();
  });
});

describe('the rest of the promises of durability', () => {
  const [title] = [...beyondTheServer.keys()].filter((each) => each.startsWith('acknowledged events'));
  const test = eventStoreConformanceTests.find((each) => each.title === title);

  it('are kept, once ids are compared for the server', async () => {
    await expect(test?.run({ createHarness: uniqueIdsHarness() })).resolves.toBeUndefined();
  });
});

describe('the EventStoreDB event store over random histories', () => {
  it.each(['23.10', '24.x'] as const)('agrees with a plain list, on a server like %s', async (engine) => {
    const createHarness = uniqueIdsHarness({ engine });
    await expect(assertEventStoreAgreesWithModel(createHarness, { numRuns: 25 })).resolves.toBeUndefined();
  });
});

const realServer = process.env['MANDATE_EVENTSTOREDB'];

if (realServer === undefined) {
  process.stderr.write('EventStoreDB on a real server: not run, MANDATE_EVENTSTOREDB is not set.\n');
} else {
  describe('conformance of the EventStoreDB event store on a real server', () => {
    const options = { createHarness: realServerHarness(realServer), patienceMs: 20_000 };
    const isFit = (title: string): boolean => !beyondTheServer.has(title) && !needsTheClock.has(title);

    for (const { title, run } of eventStoreConformanceTests.filter((test) => isFit(test.title))) {
      it(title, () => run(options));
    }
  });
}
