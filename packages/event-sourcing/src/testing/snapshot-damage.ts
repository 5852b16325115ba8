import fc, { type Arbitrary } from 'fast-check';
import type { Position } from '../event-store/position';
import { contentOf, sealedSnapshot } from '../snapshots/sealed-snapshot';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import { commandIdOf } from './sample-account';

/** What may become of a snapshot that is kept under a name. */
export type Damage =
  | 'another-count'
  | 'another-last-event'
  | 'another-place'
  | 'another-content'
  | 'no-json'
  | 'another-digest'
  | 'another-version'
  | 'of-another-name';

export const damages: Arbitrary<{ readonly damage: Damage; readonly isSealed: boolean }> = fc.record({
  damage: fc.constantFrom<Damage[]>(
    'another-count',
    'another-last-event',
    'another-place',
    'another-content',
    'no-json',
    'another-digest',
    'another-version',
    'of-another-name',
  ),
  isSealed: fc.boolean(),
});

const changed = (snapshot: Snapshot, damage: Damage): Snapshot => {
  switch (damage) {
    case 'another-count':
      return { ...snapshot, eventCount: snapshot.eventCount + 1 };
    case 'another-last-event':
      return { ...snapshot, lastEventId: commandIdOf(-1) };
    case 'another-place':
      return { ...snapshot, position: `${snapshot.position}1` as Position };
    case 'another-content':
      return { ...snapshot, content: snapshot.content.replace(/\d/, '7') };
    case 'no-json':
      return { ...snapshot, content: '{' };
    case 'another-digest':
      return { ...snapshot, digest: 'f'.repeat(64) };
    case 'another-version':
      return { ...snapshot, definitionVersion: snapshot.definitionVersion + 1 };
    case 'of-another-name':
      return snapshot;
  }
};

/** What a digest cannot tell from what was meant, and what has to be noticed in another way, or cannot be. */
const noticedWithoutDigest: ReadonlySet<Damage> = new Set([
  'another-count',
  'another-last-event',
  'another-place',
  'another-version',
]);

/** Makes the digest fit, where the content is JSON at all. */
export const resealed = (name: string, snapshot: Snapshot): Snapshot => {
  try {
    return sealedSnapshot(name, snapshot, JSON.parse(snapshot.content) as object);
  } catch {
    return snapshot;
  }
};

/** Writes a snapshot again: with a changed part, which its digest then does not fit, or with a digest made for it. */
export const damagedSnapshot = (
  name: string,
  snapshot: Snapshot,
  { damage, isSealed }: { readonly damage: Damage; readonly isSealed: boolean },
): Snapshot => {
  const wrong = changed(snapshot, damage);
  // One that was damaged before is not made whole: nothing but its digest tells that somebody changed its content.
  const wasWhole = contentOf(name, snapshot.definitionVersion, snapshot) !== undefined;
  if (!isSealed || !wasWhole || !noticedWithoutDigest.has(damage)) return wrong;
  return resealed(name, wrong);
};

/** A reader that takes every snapshot for one that is whole, of this version and of this name. */
export const believing = (
  snapshotStore: SnapshotStore,
  believe: (name: string, snapshot: Snapshot) => Snapshot,
): SnapshotStore => ({
  ...snapshotStore,
  read: async (name) => {
    const { snapshot, epoch } = await snapshotStore.read(name);
    return { snapshot: snapshot && believe(name, snapshot), epoch };
  },
});
