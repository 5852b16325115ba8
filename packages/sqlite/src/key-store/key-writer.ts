import {
  parentOf,
  type CreateOutcome,
  type KeyReplacement,
  type NewKey,
  type ReplaceOutcome,
} from '@mandate/vault';
import type { KeyFences } from './key-fences';
import type { StoredKeys } from './stored-keys';

/** Creates and replaces keys, one at a time, within a transaction of the caller. */
export interface KeyWriter {
  create(key: NewKey): CreateOutcome;
  replace(replacement: KeyReplacement): ReplaceOutcome;
}

const areEqual = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

export const keyWriterOn = (keys: StoredKeys, fences: KeyFences): KeyWriter => {
  /** Why a key that was never known cannot be created, in the order that the port lays down. */
  const hindranceTo = ({ path, parentGeneration }: NewKey): CreateOutcome | undefined => {
    const freeze = fences.freezeOf(path[0]);
    if (freeze !== undefined) return { outcome: 'frozen', frozenAt: freeze.frozenAt };
    const parent = parentOf(path);
    const generation = parent === null ? 0 : keys.get(parent)?.generation;
    if (generation === undefined) return { outcome: 'parent-never-known' };
    return generation === parentGeneration ? undefined : { outcome: 'parent-changed' };
  };

  return {
    create: (key) => {
      // The fence first, always: what is erased must not come back by any way.
      const erased = fences.erasureOf(key.path);
      if (erased !== undefined) return { outcome: 'erased', erased };
      const known = keys.get(key.path);
      if (known !== undefined) return { outcome: 'known', key: known };
      return hindranceTo(key) ?? { outcome: 'created', key: keys.add(key.path, key.wrapped) };
    },
    replace: ({ path, wrapped, expectedGeneration }) => {
      const erased = fences.erasureOf(path);
      if (erased !== undefined) return { outcome: 'erased', erased };
      const known = keys.get(path);
      if (known === undefined) return { outcome: 'never-known' };
      const { generation } = known;
      const isRepeated = generation === expectedGeneration + 1 && areEqual(known.wrapped, wrapped);
      if (isRepeated) return { outcome: 'replaced', generation };
      if (generation !== expectedGeneration) return { outcome: 'generation-changed', generation };
      return { outcome: 'replaced', generation: keys.replace(known, wrapped).generation };
    },
  };
};
