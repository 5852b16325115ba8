import { coversKeyPath, formatKeyPath, keyLevelOf, parentOf, pathsFromContract } from '../key-path';
import type { KeyLevel, KeyParent, KeyPath } from '../key-path';
import type {
  CreateOutcome,
  Erased,
  Fence,
  FenceRecord,
  Freeze,
  KeyCounts,
  KeyReading,
  KeyReplacement,
  KeyStore,
  NewKey,
  ReplaceOutcome,
  StoredKey,
} from '../key-store';
import { KeyStoreError } from '../key-store-error';

/**
 * The port as flat lists that are searched from the start each time: too slow to use, simple enough to be believed.
 * Model-based tests compare other stores with it. It checks no ids and cannot be closed.
 */
export const createReferenceKeyStore = (): KeyStore => {
  const keys: StoredKey[] = [];
  const fences: Fence[] = [];
  const freezes: Freeze[] = [];

  const isAt =
    (path: KeyParent | KeyPath) =>
    (each: { readonly path: KeyPath }): boolean =>
      each.path.join('/') === path.join('/');
  const keyAt = (path: KeyPath): StoredKey | undefined => keys.find(isAt(path));
  const keysBeneath = (path: KeyPath): readonly StoredKey[] =>
    keys.filter((key) => coversKeyPath(path, key.path));

  const erasureOf = (path: KeyPath): Erased | undefined =>
    fences
      .filter((fence) => coversKeyPath(fence.path, path))
      .sort((one, other) => one.fenceRevision - other.fenceRevision || one.path.length - other.path.length)
      .map(({ fencedAt, fenceRevision }): Erased => ({
        state: 'erased',
        erasedAt: fencedAt,
        fenceRevision,
      }))[0];

  const frozenAtOf = ([contractId]: KeyPath): string | null =>
    freezes.find((freeze) => freeze.contractId === contractId)?.frozenAt ?? null;

  const read = (path: KeyPath): KeyReading => {
    const erased = erasureOf(path);
    if (erased !== undefined) return erased;
    if (keyAt(path) === undefined) return { state: 'never-known' };
    const chain = pathsFromContract(path).flatMap((step) => keyAt(step) ?? []);
    return { state: 'active', chain, frozenAt: frozenAtOf(path) };
  };

  const create = ({ path, wrapped, parentGeneration }: NewKey): CreateOutcome => {
    const erased = erasureOf(path);
    if (erased !== undefined) return { outcome: 'erased', erased };
    const known = keyAt(path);
    if (known !== undefined) return { outcome: 'known', key: known };
    const frozenAt = frozenAtOf(path);
    if (frozenAt !== null) return { outcome: 'frozen', frozenAt };
    const parent = parentOf(path);
    const generation = parent === null ? 0 : keyAt(parent)?.generation;
    if (generation === undefined) return { outcome: 'parent-never-known' };
    if (generation !== parentGeneration) return { outcome: 'parent-changed' };
    const key: StoredKey = { path, wrapped: wrapped.slice(), generation: 1 };
    keys.push(key);
    return { outcome: 'created', key };
  };

  const replace = ({ path, wrapped, expectedGeneration }: KeyReplacement): ReplaceOutcome => {
    const erased = erasureOf(path);
    if (erased !== undefined) return { outcome: 'erased', erased };
    const known = keyAt(path);
    if (known === undefined) return { outcome: 'never-known' };
    const { generation } = known;
    const isRepetition = generation === expectedGeneration + 1 && known.wrapped.join() === wrapped.join();
    if (isRepetition) return { outcome: 'replaced', generation };
    if (generation !== expectedGeneration) return { outcome: 'generation-changed', generation };
    keys.splice(keys.indexOf(known), 1, { path, wrapped: wrapped.slice(), generation: generation + 1 });
    return { outcome: 'replaced', generation: generation + 1 };
  };

  const fence = (record: FenceRecord): Fence => {
    const known = fences.find(isAt(record.path));
    if (known !== undefined) return known;
    fences.push({ ...record, destruction: null });
    return { ...record, destruction: null };
  };

  const countKeys = (path: KeyPath): KeyCounts => {
    const numberOf = (level: KeyLevel): number =>
      keysBeneath(path).filter((key) => keyLevelOf(key.path) === level).length;
    return {
      contracts: numberOf('contract'),
      dataSets: numberOf('data-set'),
      recipients: numberOf('recipient'),
    };
  };

  const destroy = (path: KeyPath, at: string): Fence => {
    const known = fences.find(isAt(path));
    if (known === undefined) throw new KeyStoreError('not-fenced', 'no fence at this path');
    if (known.destruction !== null) return known;
    const destroyed: Fence = { ...known, destruction: { destroyedAt: at, keysDestroyed: countKeys(path) } };
    for (const key of keysBeneath(path)) keys.splice(keys.indexOf(key), 1);
    fences.splice(fences.indexOf(known), 1, destroyed);
    return destroyed;
  };

  const freeze = (contractId: string, at: string): Freeze => {
    const known = freezes.find((each) => each.contractId === contractId);
    if (known !== undefined) return known;
    freezes.push({ contractId, frozenAt: at });
    return { contractId, frozenAt: at };
  };

  const nextRevision = (): number => Math.max(0, ...fences.map(({ fenceRevision }) => fenceRevision)) + 1;
  const later = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      resolve(work());
    });

  return {
    read: (path) => later(() => read(path)),
    revision: () => later(() => fences.length + freezes.length),
    create: (newKeys) => later(() => newKeys.map(create)),
    replace: (replacements) => later(() => replacements.map(replace)),
    fence: (path, at) => later(() => fence({ path, fenceRevision: nextRevision(), fencedAt: at })),
    destroy: (path, at) =>
      later(() => {
        const { fenceRevision, destruction } = destroy(path, at);
        if (destruction === null) throw new KeyStoreError('corrupt', 'destroyed without a record');
        return { path, fenceRevision, ...destruction };
      }),
    countKeys: (path) => later(() => countKeys(path)),
    listKeys: (parent, { after, limit }) =>
      later(() => {
        const all = keys
          .filter(({ path }) => path.length === parent.length + 1 && coversKeyPath(parent, path))
          .filter(({ path }) => erasureOf(path) === undefined)
          .sort((one, other) => (formatKeyPath(one.path) < formatKeyPath(other.path) ? -1 : 1))
          .filter(({ path }) => after === null || (path.at(-1) ?? '') > after);
        const page = all.slice(0, limit);
        return { keys: page, next: all.length > limit ? (page.at(-1)?.path.at(-1) ?? null) : null };
      }),
    listFences: ({ after, limit }) =>
      later(() => {
        const start = Number(after ?? '0');
        const next = start + limit < fences.length ? String(start + limit) : null;
        return { fences: fences.slice(start, start + limit), next };
      }),
    reapplyFences: (records) =>
      later(
        () =>
          records.filter((record) => fences.find(isAt(record.path)) === undefined && fence(record)).length,
      ),
    freeze: (contractId, at) => later(() => freeze(contractId, at)),
    close: () => later(() => undefined),
  };
};
