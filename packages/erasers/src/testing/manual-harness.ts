import type { ErasureOrder } from '@mandate/deletion';
import type { CreateEraserHarness } from '@mandate/deletion/testing';
import { attestationFolder } from '../attestations/attestation-folder';
import { manualEraser } from '../attestations/manual-eraser';
import { oneAtATime } from '../one-at-a-time';
import { mortalFiles } from './mortal-files';
import { tickingClock } from './orders';
import { placeOf } from './other-system';
import { createTemporaryFolder } from './temporary-folder';

/** SHA-256 of a document that somebody signed. */
export const evidenceDigest = 'e'.repeat(64);

/** A filing cabinet, and a person who empties it when she finds an order on her list. */
export const manualHarness: CreateEraserHarness = async () => {
  const temporary = await createTemporaryFolder();
  const folder = temporary.pathOf('attestations');
  const clock = tickingClock();
  const desk = attestationFolder({ folder, clock });
  const cabinet = new Map<string, readonly string[]>();

  const empty = async (order: ErasureOrder): Promise<void> => {
    const firstActionAt = clock();
    const found = cabinet.get(placeOf(order))?.length ?? 0;
    cabinet.delete(placeOf(order));
    const done = { method: found === 0 ? 'nothing-held' : 'attestation', found, erased: found };
    const times = { firstActionAt, lastActionAt: clock() };
    await desk.record({ order, attestedBy: 'records-clerk-7', ...done, ...times, evidenceDigest });
  };

  return {
    verification: 'attested',
    clock,
    open: (crashPoint = () => undefined) => {
      const attestations = attestationFolder({ folder, clock, files: mortalFiles(crashPoint) });
      return Promise.resolve(manualEraser({ attestations }));
    },
    plant: (place, texts) => {
      cabinet.set(placeOf(place), [...(cabinet.get(placeOf(place)) ?? []), ...texts]);
      return Promise.resolve();
    },
    held: (place) => Promise.resolve(cabinet.get(placeOf(place)) ?? []),
    // One person, who does one thing after the other.
    betweenTries: () =>
      oneAtATime(folder, async () => {
        for (const { order } of await desk.outstanding()) await empty(order);
      }),
    dispose: temporary.remove,
  };
};
