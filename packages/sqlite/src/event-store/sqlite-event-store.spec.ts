import { describe, expect, it } from '@jest/globals';
import { assertEventStoreAgreesWithModel, eventStoreConformance } from '@mandate/event-sourcing/testing';
import { fileHarness, memoryHarness } from '../testing/event-store-harness';

eventStoreConformance({ describe, it }, 'SQLite (in memory)', { createHarness: memoryHarness });
eventStoreConformance({ describe, it }, 'SQLite (in a file)', { createHarness: fileHarness() });
eventStoreConformance({ describe, it }, 'SQLite (in a file, synchronous normal)', {
  createHarness: fileHarness({ synchronous: 'normal', pollIntervalMs: 5 }),
});

describe('the SQLite event store over random histories', () => {
  it('agrees with a plain list, in memory', async () => {
    await expect(assertEventStoreAgreesWithModel(memoryHarness, { numRuns: 60 })).resolves.toBeUndefined();
  });

  it('agrees with a plain list, in a file that two connections share, that is closed, and that crashes', async () => {
    const createHarness = fileHarness({ synchronous: 'normal', pollIntervalMs: 5 });
    await expect(assertEventStoreAgreesWithModel(createHarness, { numRuns: 60 })).resolves.toBeUndefined();
  });
});
