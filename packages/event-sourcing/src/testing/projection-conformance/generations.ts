import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { positionOf, type Position, type StoreId } from '../../event-store/position';
import type {
  Claim,
  DocumentKey,
  Generation,
  GenerationId,
  GenerationStatus,
  ParkedEvent,
  ProjectionCommit,
  ProjectionStore,
  StoredDocument,
} from '../../projections/projection-store';
import { instantOf, type Instant } from '../../values/instant';
import type { JsonObject } from '../../values/json';
import type { Uuid } from '../../values/uuid';

export const newHolder = (): Uuid => randomUUID() as Uuid;

/** The instant so many seconds into the test. */
export const second = (seconds: number): Instant => instantOf(Date.UTC(2026, 2, 29) + seconds * 1000);

export const position = (place: number): Position => positionOf('some-log' as StoreId, place);

/** A claim made at second 0, until second 30. */
export const claimBy = (holder: Uuid, now = 0, until = 30): Claim => ({
  holder,
  now: second(now),
  until: second(until),
});

export const inPartition = (partition: string, key = 'all'): DocumentKey => ({ partition, key });

export const parkedIn = (partition: string, changes: Partial<ParkedEvent> = {}): ParkedEvent => ({
  partition,
  position: position(7),
  after: position(6),
  stream: `stream of ${partition}`,
  type: 'SomethingHappened',
  reason: 'handling failed with RangeError',
  held: 0,
  ...changes,
});

/** A batch that moves a generation from the beginning to position 1, with something changed about it. */
export const batch = (
  { epoch }: Pick<Generation, 'epoch'>,
  changes: Partial<ProjectionCommit> = {},
): ProjectionCommit => ({
  epoch,
  from: undefined,
  to: position(1),
  documents: [],
  parked: [],
  unparked: [],
  heldUntil: second(60),
  ...changes,
});

/** The generation as it is on record; the test fails where there is none. */
export const recordOf = async (store: ProjectionStore, id: GenerationId): Promise<Generation> => {
  const found = (await store.generations()).find(
    ({ name, generation }) => name === id.name && generation === id.generation,
  );
  assert.ok(found !== undefined, 'Expected the generation to be there.');
  return found;
};

/** The generations whose names the test chose. */
export const namesAndNumbers = async (
  store: ProjectionStore,
  prefix: string,
): Promise<readonly (readonly [name: string, generation: number])[]> =>
  (await store.generations())
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, generation }) => [name.slice(prefix.length), generation]);

/** Takes a generation over; the test fails where that is refused. */
export const claimed = async (
  store: ProjectionStore,
  id: GenerationId,
  claim: Claim = claimBy(newHolder()),
): Promise<Generation> => {
  const taken = await store.claim(id, claim);
  assert.ok(taken !== undefined, 'Expected the claim to succeed.');
  assert.deepEqual(await recordOf(store, id), taken);
  assert.equal(taken.holder, claim.holder);
  return taken;
};

/** Begins a generation and takes it over. */
export const begun = async (store: ProjectionStore, name: string, generation = 1): Promise<Generation> => {
  assert.equal(await store.create({ name, generation }, 1), true);
  return claimed(store, { name, generation });
};

/** Writes a batch; the test fails where that is refused. */
export const committed = async (
  store: ProjectionStore,
  generation: Generation,
  changes: Partial<ProjectionCommit> = {},
): Promise<void> => {
  const commit = batch(generation, changes);
  assert.equal(await store.commit(generation, commit), true, 'Expected the batch to be written.');
  assert.equal((await recordOf(store, generation)).position, commit.to);
};

/** Begins a generation with a document and a parked event, at position 1. */
export const begunWithContents = async (
  store: ProjectionStore,
  name: string,
  generation = 1,
): Promise<Generation> => {
  const taken = await begun(store, name, generation);
  await committed(store, taken, {
    documents: [{ ...inPartition('p'), document: { of: `${name} ${generation}` } }],
    parked: [parkedIn('waiting')],
  });
  return recordOf(store, taken);
};

export const documentIn = async (
  store: ProjectionStore,
  id: GenerationId,
  key: DocumentKey = inPartition('p'),
): Promise<JsonObject | undefined> => {
  const documents = await store.load(id, [key]);
  assert.equal(documents.length, 1);
  return documents[0];
};

/** Everything that is known of a generation of which `begunWithContents` made the beginning. */
export const contentsOf = async (
  store: ProjectionStore,
  id: GenerationId,
): Promise<{ readonly record: Generation; readonly documents: readonly unknown[] }> => {
  const documents = await store.load(id, [inPartition('p'), inPartition('q')]);
  return { record: await recordOf(store, id), documents };
};

/** Changes the status; the test fails where that is refused. */
export const moved = async (
  store: ProjectionStore,
  generation: Generation,
  to: GenerationStatus,
): Promise<void> => {
  const { status: from, epoch } = await recordOf(store, generation);
  assert.equal(await store.setStatus(generation, epoch, { from, to }), true);
  assert.equal((await recordOf(store, generation)).status, to);
};

/** Makes a generation live; the test fails where that is refused. */
export const goneLive = async (store: ProjectionStore, generation: Generation): Promise<void> => {
  const { epoch } = await recordOf(store, generation);
  assert.equal(await store.makeLive(generation, epoch), true, 'Expected it to go live.');
  const { isLive, status } = await recordOf(store, generation);
  assert.deepEqual([isLive, status], [true, 'active']);
};

export const readIn = (
  store: ProjectionStore,
  { name }: Pick<GenerationId, 'name'>,
  key: DocumentKey = inPartition('p'),
): Promise<StoredDocument> => store.read(name, key);

export const byPartition = (parked: readonly ParkedEvent[]): readonly ParkedEvent[] =>
  parked.toSorted((left, right) => (left.partition < right.partition ? -1 : 1));
