import type { Generation, ProjectionStore } from './projection-store';

type AtOnce<Method> = Method extends (...request: infer Request) => Promise<infer Answer>
  ? (...request: Request) => Answer
  : never;

type MethodsAtOnce = {
  readonly [Name in Exclude<keyof ProjectionStore, 'close'>]: AtOnce<ProjectionStore[Name]>;
};

/**
 * What a projection store does, done at once, so that it can be a part of a transaction that somebody else began. What
 * a method throws for a document that JSON cannot hold, it throws before it has changed anything.
 */
export interface ProjectionRecords extends MethodsAtOnce {
  /** The generations of one projection, in the order of their numbers. */
  readonly generationsOf: (name: string) => readonly Generation[];
  /** From now on no generation of that name is asked, until one is made live; the one that was is `booting` again. */
  readonly stepDown: (name: string) => void;
}

/** How a projection store gets at its records. Every failure is the rejection of a promise. */
export interface RecordAccess {
  /** Everything that is read sees the same state. */
  readonly reading: <T>(work: () => T) => Promise<T>;
  /** Everything is written, or nothing. */
  readonly writing: <T>(work: () => T) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The projection store on records, each call by itself. */
export const projectionStoreOn = (
  records: ProjectionRecords,
  { reading, writing, close }: RecordAccess,
): ProjectionStore => ({
  generations: () => reading(() => records.generations()),
  create: (id, version) => writing(() => records.create(id, version)),
  claim: (id, claim) => writing(() => records.claim(id, claim)),
  release: (id, epoch) =>
    writing(() => {
      records.release(id, epoch);
    }),
  load: (id, keys) => reading(() => records.load(id, keys)),
  commit: (id, commit) => writing(() => records.commit(id, commit)),
  setStatus: (id, epoch, change) => writing(() => records.setStatus(id, epoch, change)),
  makeLive: (id, epoch) => writing(() => records.makeLive(id, epoch)),
  remove: (id) => writing(() => records.remove(id)),
  read: (name, key) => reading(() => records.read(name, key)),
  close,
});
