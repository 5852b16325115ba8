import assert from 'node:assert/strict';
import fc, { type Parameters as RunParameters } from 'fast-check';
import type { AppendResult, EventStore, EventToAppend } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import { comparePositions } from '../event-store/position';
import type { AnyDocumentProjection } from '../projections/document-projection';
import { createInMemoryProjectionStore } from '../projections/in-memory-projection-store';
import type { ProjectingEventStore } from '../projections/projecting-event-store';
import { createProjectionEngine } from '../projections/projection-engine';
import type { ProjectionStore, StoredDocument } from '../projections/projection-store';
import { newEvent } from './conformance/events';
import { inlineSteps, inlineStreams, type InlineAppend, type InlineStep } from './projection-inline-steps';
import { expectedNumbers } from './projection-scene';
import { dataOf, type Entry } from './sample-notes';
import { tallyWith } from './sample-tally';

/** The data of one store with inline projections, and as many handles on them as a test opens. */
export interface InlineHarness {
  /** Opens it; again, the same data once more, if the store is durable. */
  open(inline: readonly AnyDocumentProjection[]): Promise<ProjectingEventStore>;
  /** Opens the same data without inline projections; absent where nobody else can have them. */
  openElsewhere?(): Promise<EventStore>;
  dispose(): Promise<void>;
}

export type CreateInlineHarness = () => Promise<InlineHarness>;

interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EventToAppend[];
}

const tally = tallyWith();
const questions = inlineStreams.flatMap((partition) => [
  { partition, key: 'all' },
  { partition, key: 'even' },
]);

/** Without the place before a parked event, which depends on where batches begin. */
const comparable = (found: StoredDocument): StoredDocument => {
  if (found.state !== 'parked') return found;
  const { after: _, ...parked } = found.parked;
  return { state: 'parked', parked };
};

const answersOf = async (store: ProjectionStore): Promise<readonly StoredDocument[]> =>
  Promise.all(questions.map(async (key) => comparable(await store.read(tally.name, key))));

/** What an engine comes to that reads the whole log, in batches of two. */
const asynchronousAnswers = async (store: EventStore): Promise<readonly StoredDocument[]> => {
  const projectionStore = createInMemoryProjectionStore();
  await createProjectionEngine({ store, projectionStore, projections: [tally], batchSize: 2 }).run();
  return answersOf(projectionStore);
};

/**
 * Requires that an inline projection knows what a fold of the log does, and what an engine comes to that reads it from
 * the beginning.
 */
const assertInlineIsFold = async (store: ProjectingEventStore): Promise<void> => {
  const found = await answersOf(store.projections);
  assert.deepEqual(found, await asynchronousAnswers(store));
  for (const [index, { partition, key }] of questions.entries()) {
    if (key !== 'all') continue;
    const answer = found[index];
    const known = answer?.state === 'found' ? answer.document['numbers'] : answer?.state;
    assert.deepEqual(known, await expectedNumbers(store, partition));
  }
};

const refusedOr = (attempt: Promise<AppendResult>): Promise<AppendResult | undefined> =>
  attempt.catch((error: unknown) => {
    if (isEventStoreError(error)) return undefined;
    throw error;
  });

/** A store with an inline projection, and what was appended to it. */
class InlineRun {
  readonly #harness: InlineHarness;
  readonly #appends: Append[] = [];
  #store: ProjectingEventStore;
  #number = 99;
  /** Whether the last events are of a store whose appends change no documents. */
  #isBehind = false;

  constructor(harness: InlineHarness, store: ProjectingEventStore) {
    this.#harness = harness;
    this.#store = store;
  }

  async do(step: InlineStep): Promise<void> {
    switch (step.type) {
      case 'burst':
        return this.#burst(step);
      case 'append-elsewhere':
        return this.#appendElsewhere(step);
      case 'reopen':
        return this.reopen();
    }
  }

  /** Requires that the documents are those of the log, unless they need not be. */
  async check(): Promise<void> {
    if (!this.#isBehind) await assertInlineIsFold(this.#store);
  }

  async reopen(): Promise<void> {
    if (!this.#store.capabilities.durable) return;
    await this.#store.close();
    this.#store = await this.#harness.open([tally]);
    this.#isBehind = false;
  }

  async close(): Promise<void> {
    await this.#store.close();
  }

  async #burst({ appends, beside }: InlineStep & { readonly type: 'burst' }): Promise<void> {
    const requests: Append[] = [];
    const versions = new Map<string, number>();
    for (const append of appends) requests.push(await this.#requestOf(append, versions));
    this.#appends.push(...requests);
    const others = this.#runBeside(beside);
    const results = await Promise.all(requests.map((request) => this.#append(request)));
    if (results.some((result) => result !== undefined)) this.#isBehind = false;
    await this.check();
    await others;
  }

  async #append({ stream, expected, events }: Append): Promise<AppendResult | undefined> {
    const result = await refusedOr(this.#store.append(stream, expected, events));
    if (result === undefined) return undefined;
    const found = await this.#store.projections.read(tally.name, { partition: stream, key: 'all' });
    assert.notEqual(found.state, 'unknown');
    if (found.state === 'found' || found.state === 'absent') {
      assert.ok(found.position !== undefined && comparePositions(found.position, result.position) >= 0);
    }
    return result;
  }

  async #runBeside(beside: (InlineStep & { readonly type: 'burst' })['beside']): Promise<void> {
    if (beside === 'nobody') return;
    const engine = createProjectionEngine({
      store: this.#store,
      projectionStore: this.#store.projections,
      projections: beside === 'engine-that-does-not-know-it' ? [] : [tally],
      ...{ leaseMs: 0, batchSize: 2 },
    });
    if (beside === 'rebuilding-engine') await engine.rebuild(tally.name);
    await engine.run();
  }

  async #appendElsewhere({ stream, entries }: InlineStep & { type: 'append-elsewhere' }): Promise<void> {
    const store = await this.#harness.openElsewhere?.();
    if (store === undefined) return;
    await store.append(stream, await this.#versionOf(stream), this.#eventsOf(entries));
    await store.close();
    this.#isBehind = true;
  }

  #eventsOf(entries: readonly Entry[]): readonly EventToAppend[] {
    return entries.map((entry) => newEvent(dataOf(entry, (this.#number += 1))));
  }

  async #versionOf(stream: string): Promise<number> {
    return (await this.#store.readStream(stream)).events.length;
  }

  /** An append as it is to be made when those before it have been made. */
  async #requestOf(append: InlineAppend, versions: Map<string, number>): Promise<Append> {
    if (append.type === 'repeat') {
      return this.#earlier(append.which) ?? { stream: 'a', expected: 0, events: [newEvent()] };
    }
    const { stream, entries } = append;
    const actual = versions.get(stream) ?? (await this.#versionOf(stream));
    const events = this.#eventsOf(entries);
    if (append.type === 'reuse-event-id') {
      const known = this.#earlier(append.which)?.events.slice(0, 1) ?? [];
      return { stream, expected: actual, events: [...events, ...known] };
    }
    if (append.miss === 0) versions.set(stream, actual + events.length);
    return { stream, expected: Math.max(0, actual + append.miss), events };
  }

  #earlier(which: number): Append | undefined {
    return this.#appends[which % Math.max(1, this.#appends.length)];
  }
}

const runSteps = async (createHarness: CreateInlineHarness, steps: readonly InlineStep[]): Promise<void> => {
  const harness = await createHarness();
  const run = new InlineRun(harness, await harness.open([tally]));
  try {
    await run.check();
    for (const step of steps) {
      await run.do(step);
      await run.check();
    }
  } finally {
    await run.close();
    await harness.dispose();
  }
};

/**
 * Lets a store with an inline projection go through random histories of appends, alone and in bursts, refused, repeated
 * and of events that cannot be handled, with engines beside it. After every acknowledgement the documents have to be
 * those of a fold of the log; otherwise it fails with the shortest history and its seed.
 */
export const assertInlineProjectionsFollow = async (
  createHarness: CreateInlineHarness,
  parameters: RunParameters<[readonly InlineStep[]]> = {},
): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(inlineSteps, (steps) => runSteps(createHarness, steps)),
    parameters,
  );
};
