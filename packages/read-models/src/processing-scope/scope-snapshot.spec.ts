import { describe, expect, it } from '@jest/globals';
import { inquiries, runs } from '@mandate/domain/testing';
import { createInMemorySnapshotStore, type Snapshot, type SnapshotStore } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { recordingStore, type RecordingStore } from '../testing/recorded-history';
import { createProcessingScope, type ProcessingScope } from './processing-scope';

/** A process that begins, reads to the end of what there is, and ends; it may keep a snapshot of what it has read. */
const processOn = async (
  { store }: RecordingStore,
  snapshotStore?: SnapshotStore,
): Promise<{ readonly scope: ProcessingScope; readonly read: number }> => {
  let read = 0;
  const scope = createProcessingScope(
    {
      readAll: async (options) => {
        const page = await store.readAll(options);
        read += page.events.length;
        return page;
      },
    },
    snapshotStore === undefined ? {} : { snapshots: { snapshotStore, everyEvents: 1 } },
  );
  await scope.catchUp();
  return { scope, read };
};

describe('a processing scope that goes on from a snapshot', () => {
  it('answers as one that has read everything, wherever the snapshot was kept', async () => {
    await fc.assert(
      fc.asyncProperty(inquiries(), fc.nat(), async ({ history, questions }, cut) => {
        const recording = recordingStore();
        const snapshotStore = createInMemorySnapshotStore();
        const keptAfter = cut % (history.length + 1);
        for (const event of history.slice(0, keptAfter)) await recording.record(event);
        await processOn(recording, snapshotStore);
        for (const event of history.slice(keptAfter)) await recording.record(event);
        const [resumed, full] = [await processOn(recording, snapshotStore), await processOn(recording)];
        // One event more, which shows that the log is the one that the snapshot was made of.
        if (keptAfter > 0) expect(resumed.read).toBe(history.length - keptAfter + 1);
        for (const { request, validAt, knownAt } of questions) {
          const { contractId } = request;
          expect(resumed.scope.decide(request, { validAt, knownAt })).toEqual(
            full.scope.decide(request, { validAt, knownAt }),
          );
          expect(resumed.scope.scopeOf(contractId)).toEqual(full.scope.scopeOf(contractId));
          expect(resumed.scope.historyOf(contractId)).toEqual(full.scope.historyOf(contractId));
        }
      }),
      runs(100),
    );
  });

  it('reads everything when the snapshot is not one', async () => {
    const history = fc.sample(inquiries(), { numRuns: 1, seed: 7 })[0]?.history ?? [];
    const recording = recordingStore();
    for (const event of history) await recording.record(event);
    const snapshotStore = createInMemorySnapshotStore();
    await processOn(recording, snapshotStore);
    const { snapshot } = await snapshotStore.read('projection/processing-scope');
    const damaged: SnapshotStore = {
      ...snapshotStore,
      read: () => Promise.resolve({ epoch: 0, snapshot: { ...(snapshot as Snapshot), digest: '0' } }),
    };
    expect((await processOn(recording, snapshotStore)).read).toBe(1);
    expect((await processOn(recording, damaged)).read).toBe(history.length);
  });
});
