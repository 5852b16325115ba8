import { readingMutations, recordIn, type ProjectionStoreMutation } from './projection-reading-mutations';
import type {
  Generation,
  ParkedEvent,
  ProjectionCommit,
  ProjectionStore,
  StatusChange,
} from '../projections/projection-store';

/** Has the calling writer believe what is so by now. */
const commitWith =
  (
    changesOf: (now: Generation, commit: ProjectionCommit) => Partial<ProjectionCommit>,
  ): ProjectionStoreMutation =>
  (store) => ({
    commit: async (id, commit) => {
      const now = await recordIn(store, id);
      return store.commit(id, now === undefined ? commit : { ...commit, ...changesOf(now, commit) });
    },
  });

const statusWith =
  (changesOf: (now: Generation) => Partial<StatusChange>): ProjectionStoreMutation =>
  (store) => ({
    setStatus: async (id, epoch, change) => {
      const now = await recordIn(store, id);
      return store.setStatus(id, epoch, now === undefined ? change : { ...change, ...changesOf(now) });
    },
  });

/** Does something while a generation stands as it did not, and puts it back. */
const pretending = async <T>(
  store: ProjectionStore,
  { status: from, ...id }: Generation,
  to: Generation['status'],
  work: () => Promise<T>,
): Promise<T> => {
  const failure = id.failure === undefined ? {} : { failure: id.failure };
  await store.setStatus(id, id.epoch, { from, to, ...failure });
  const result = await work();
  const now = await recordIn(store, id);
  if (now?.status === to) await store.setStatus(id, now.epoch, { from: to, to: from, ...failure });
  return result;
};

const withoutHeld = (parked: ParkedEvent): ParkedEvent => ({ ...parked, held: 0 });

const claiming: Readonly<Record<string, ProjectionStoreMutation>> = {
  'begins a generation whose number is taken': (store) => ({
    create: async (id, version) => {
      await store.remove(id);
      return store.create(id, version);
    },
  }),
  'tells of generations in no order': (store) => ({
    generations: async () => (await store.generations()).toReversed(),
  }),
  'lets somebody take what another holds': (store) => ({
    claim: async (id, claim) => {
      const now = await recordIn(store, id);
      if (now !== undefined && now.holder !== claim.holder) await store.release(id, now.epoch);
      return store.claim(id, claim);
    },
  }),
  'never lets go of what has run out': (store) => ({
    claim: async (id, claim) => {
      const { holder } = (await recordIn(store, id)) ?? {};
      return holder === undefined || holder === claim.holder ? store.claim(id, claim) : undefined;
    },
  }),
  'does not renew the claim of whoever holds it': (store) => ({
    claim: async (id, claim) => {
      const now = await recordIn(store, id);
      return now?.holder === claim.holder ? now : store.claim(id, claim);
    },
  }),
  'changes the epoch though nothing changes hands': (store) => ({
    claim: async (id, claim) => {
      const now = await recordIn(store, id);
      if (now?.holder === claim.holder) await store.release(id, now.epoch);
      return store.claim(id, claim);
    },
  }),
  'lets go on behalf of somebody who is too late': (store) => ({
    release: async (id) => store.release(id, (await recordIn(store, id))?.epoch ?? 0),
  }),
  'never lets go': () => ({ release: () => Promise.resolve() }),
};

const committing: Readonly<Record<string, ProjectionStoreMutation>> = {
  'writes whatever the epoch': commitWith(({ epoch }) => ({ epoch })),
  'writes whatever the position': commitWith(({ position }) => ({ from: position })),
  'takes nothing read for any position': commitWith(({ position }, { from }) => ({ from: from ?? position })),
  'writes although it is paused': (store) => ({
    commit: async (id, commit) => {
      const now = await recordIn(store, id);
      if (now?.status !== 'paused') return store.commit(id, commit);
      return pretending(store, now, 'active', () => store.commit(id, commit));
    },
  }),
  'keeps documents of a batch that it refuses': (store) => ({
    commit: async (id, commit) => {
      if (await store.commit(id, commit)) return true;
      const now = await recordIn(store, id);
      if (now === undefined) return false;
      const { epoch, position, heldUntil = commit.heldUntil } = now;
      const rest = { parked: [], unparked: [], from: position, to: position, epoch, heldUntil };
      await store.commit(id, { documents: commit.documents, ...rest });
      return false;
    },
  }),
  'forgets to remove a document': commitWith((_, { documents }) => ({
    documents: documents.filter(({ document }) => document !== undefined),
  })),
  'forgets to renew the claim': commitWith(({ heldUntil }, commit) => ({
    heldUntil: heldUntil ?? commit.heldUntil,
  })),
  'unparks after parking': commitWith((_, { parked, unparked }) => ({
    parked: parked.filter(({ partition }) => !unparked.includes(partition)),
  })),
  'forgets to unpark': commitWith(() => ({ unparked: [] })),
  'forgets how many events wait': commitWith((_, { parked }) => ({ parked: parked.map(withoutHeld) })),
  'keeps an event where it was parked first': commitWith((now, { parked }) => ({
    parked: parked.filter(({ partition }) => !now.parked.some((before) => before.partition === partition)),
  })),
};

const standing: Readonly<Record<string, ProjectionStoreMutation>> = {
  'changes the status from whatever it is': statusWith(({ status }) => ({ from: status })),
  'changes the status whatever the epoch': (store) => ({
    setStatus: async (id, _, change) => store.setStatus(id, (await recordIn(store, id))?.epoch ?? 0, change),
  }),
  'never forgets a failure': (store) => ({
    setStatus: async (id, epoch, change) => {
      const { failure } = (await recordIn(store, id)) ?? {};
      return store.setStatus(id, epoch, failure === undefined ? change : { failure, ...change });
    },
  }),
  'makes a generation live whatever the epoch': (store) => ({
    makeLive: async (id) => store.makeLive(id, (await recordIn(store, id))?.epoch ?? 0),
  }),
  ...Object.fromEntries(
    (['paused', 'error', 'detached'] as const).map((status) => [
      `makes a generation live that is ${status}`,
      (store: ProjectionStore): Partial<ProjectionStore> => ({
        makeLive: async (id, epoch) => {
          const now = await recordIn(store, id);
          if (now?.status === status) await store.setStatus(id, epoch, { from: status, to: 'active' });
          return store.makeLive(id, epoch);
        },
      }),
    ]),
  ),
  'lets an earlier generation take the place of a later one': (store) => ({
    makeLive: async (id, epoch) => {
      const live = (await store.generations()).find(({ name, isLive }) => name === id.name && isLive);
      if (live === undefined || live.generation === id.generation) return store.makeLive(id, epoch);
      return pretending(store, live, 'detached', () => store.makeLive(id, epoch));
    },
  }),
  'lets none take the place of a later one that is detached': (store) => ({
    makeLive: async (id, epoch) => {
      const live = (await store.generations()).find(({ name, isLive }) => name === id.name && isLive);
      return live === undefined || live.generation <= id.generation ? store.makeLive(id, epoch) : false;
    },
  }),
};

export const projectionStoreMutations: readonly (readonly [
  name: string,
  mutation: ProjectionStoreMutation,
])[] = Object.entries({ ...claiming, ...committing, ...standing, ...readingMutations });
