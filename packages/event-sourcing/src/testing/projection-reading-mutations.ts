import type { Generation, GenerationId, ProjectionStore } from '../projections/projection-store';

/** What a wrong projection store does otherwise than a right one: each forgets one condition. */
export type ProjectionStoreMutation = (store: ProjectionStore) => Partial<ProjectionStore>;

export const recordIn = async (store: ProjectionStore, id: GenerationId): Promise<Generation | undefined> =>
  (await store.generations()).find((each) => each.name === id.name && each.generation === id.generation);

/** Those that write rightly and answer wrongly. */
export const readingMutations: Readonly<Record<string, ProjectionStoreMutation>> = {
  'loads every document once only': (store) => ({
    load: async (id, keys) => {
      const seen = new Set<string>();
      const found = await store.load(id, keys);
      return found.filter((_, index) => {
        const place = JSON.stringify(keys[index]);
        const isNew = !seen.has(place);
        seen.add(place);
        return isNew;
      });
    },
  }),
  'loads only what there is': (store) => ({
    load: async (id, keys) => (await store.load(id, keys)).filter((document) => document !== undefined),
  }),
  'lets a partition and its key run together': (store) => {
    const joined = <Key extends { partition: string; key: string }>(key: Key): Key => ({
      ...key,
      partition: '',
      key: `${key.partition}/${key.key}`,
    });
    return {
      load: (id, keys) => store.load(id, keys.map(joined)),
      commit: (id, commit) => store.commit(id, { ...commit, documents: commit.documents.map(joined) }),
    };
  },
  'tells of a partition that waits': (store) => ({
    read: async (name, key) => {
      const found = await store.read(name, key);
      return found.state === 'parked' ? { state: 'absent', position: undefined } : found;
    },
  }),
  'calls absent what nobody knows': (store) => ({
    read: async (name, key) => {
      const found = await store.read(name, key);
      return found.state === 'unknown' ? { state: 'absent', position: undefined } : found;
    },
  }),
  'calls a removal of nothing a failure': (store) => ({
    remove: async (id) => (await recordIn(store, id)) !== undefined && store.remove(id),
  }),
  'answers after it was closed': () => ({ close: () => Promise.resolve() }),
};
