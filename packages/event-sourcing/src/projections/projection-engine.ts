import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreError } from '../event-store/event-store-error';
import { comparePositions, type Position } from '../event-store/position';
import type { Telemetry } from '../telemetry/telemetry';
import { systemClock, type Clock } from '../values/instant';
import type { Uuid } from '../values/uuid';
import type { AnyDocumentProjection, ProjectedStore } from './document-projection';
import { feedGeneration, leaseEnd, type FeedPorts } from './feed-generation';
import { defaultBackoff, failureAfter, type Backoff } from './generation-failure';
import {
  attachOrDetach,
  beginGeneration,
  beginMissingGenerations,
  definitionOf,
  isReplaced,
  isWaitingForRetry,
} from './generations';
import type {
  DocumentKey,
  Generation,
  GenerationId,
  ParkedEvent,
  ProjectionStore,
  StoredDocument,
} from './projection-store';
import { statusOfAll, type ProjectionStatus } from './projection-status';
import { retryPartition } from './retry-partition';

export interface ProjectionEngineOptions {
  readonly store: ProjectedStore;
  readonly projectionStore: ProjectionStore;
  readonly projections: readonly AnyDocumentProjection[];
  readonly clock?: Clock;
  /** How long nobody else may take a projection over after this engine last wrote to it. Default 30,000 ms. */
  readonly leaseMs?: number;
  /** How many events are kept together with one checkpoint. Default 500. */
  readonly batchSize?: number;
  readonly backoff?: Backoff;
  /** Has every batch watched; absent: none is. */
  readonly telemetry?: Telemetry;
  /** Who this engine is among others on the same stores. Default: a random id. */
  readonly holder?: Uuid;
}

export interface WaitOptions {
  /** Default 5,000 ms. */
  readonly timeoutMs?: number;
}

/** Keeps documents up to date with the log, each event exactly once, whatever fails. */
export interface ProjectionEngine {
  /**
   * Brings every projection up to the head of the log, as far as it can be: a failure of one is put on record and
   * tried again later, and does not stop the others. May be interrupted or killed anywhere and called again.
   */
  readonly run: (signal?: AbortSignal) => Promise<void>;
  /** What the live generation of a projection knows under a key. */
  readonly read: (name: string, key: DocumentKey) => Promise<StoredDocument>;
  /**
   * Resolves once the live generation has read up to a position, so that what was just written can be read. Runs for
   * it if need be, and fails with `unavailable` when that does not help in time.
   */
  readonly waitFor: (name: string, position: Position | undefined, options?: WaitOptions) => Promise<void>;
  readonly status: () => Promise<readonly ProjectionStatus[]>;
  /** Stops a projection until it is resumed. What it knows can still be read. */
  readonly pause: (name: string) => Promise<void>;
  readonly resume: (name: string) => Promise<void>;
  /** Has it built anew beside the live one, which is asked until then. */
  readonly rebuild: (name: string) => Promise<void>;
  /** Tries a parked event again, and after it those that wait behind it. */
  readonly retry: (name: string, partition: string) => Promise<void>;
  /** Passes over a parked event, once somebody has dealt with what it meant, and goes on behind it. */
  readonly resolve: (name: string, partition: string) => Promise<void>;
  /** Removes a generation that is not the live one, with its documents. */
  readonly remove: (id: GenerationId) => Promise<void>;
  /** Lets go of all projections, so that another engine need not wait for them. */
  readonly close: () => Promise<void>;
}

const goingOnAttemptsMax = 5;

const parkedIn = ({ parked }: Generation, partition: string): ParkedEvent | undefined =>
  parked.find((each) => each.partition === partition);

/** Runs projections on a log and a store for what they make of it. */
export const createProjectionEngine = (options: ProjectionEngineOptions): ProjectionEngine => {
  const { store, projectionStore, projections, backoff = defaultBackoff } = options;
  const { clock = systemClock, leaseMs = 30_000, batchSize = 500, telemetry } = options;
  const holder = options.holder ?? (randomUUID() as Uuid);
  const ports: FeedPorts = { store, projectionStore, clock, leaseMs, batchSize, telemetry };
  let queue: Promise<unknown> = Promise.resolve();

  /** One thing at a time, in the order of the calls. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.catch(() => undefined).then(work);
    queue = next;
    return next;
  };

  const claim = (id: GenerationId): Promise<Generation | undefined> =>
    projectionStore.claim(id, { holder, now: clock(), until: leaseEnd(ports) });

  /**
   * A generation has read everything: it is well again if it had failed, and may be asked from now on. Answers whether
   * that is new.
   */
  const settle = async (claimed: Generation): Promise<boolean> => {
    const { status, isLive, epoch } = claimed;
    if (status === 'error') {
      const to = isLive ? 'active' : 'booting';
      await projectionStore.setStatus(claimed, epoch, { from: 'error', to });
    }
    return !isLive && projectionStore.makeLive(claimed, epoch);
  };

  const advance = async (
    projection: AnyDocumentProjection,
    claimed: Generation,
    signal: AbortSignal | undefined,
  ): Promise<boolean> => {
    try {
      const outcome = await feedGeneration(ports, projection, claimed, signal);
      return outcome === 'caught-up' && (await settle(claimed));
    } catch (thrown) {
      const failure = failureAfter(claimed, thrown, clock(), backoff);
      await projectionStore.setStatus(claimed, claimed.epoch, { from: claimed.status, to: 'error', failure });
      return false;
    }
  };

  /** Answers whether the generation has gone live. */
  const visit = async (generation: Generation, signal: AbortSignal | undefined): Promise<boolean> => {
    const projection = definitionOf(projections, generation);
    if (projection === undefined || signal?.aborted === true) return false;
    if (generation.status === 'paused' || isWaitingForRetry(generation, clock())) return false;
    const claimed = await claim(generation);
    return claimed !== undefined && advance(projection, claimed, signal);
  };

  /** All generations, once every definition has one, and each is marked as what it is to this software. */
  const attachedGenerations = async (): Promise<readonly Generation[]> => {
    const generations = await beginMissingGenerations(projectionStore, projections);
    const isChanged = await attachOrDetach(projectionStore, projections, { generations, now: clock() });
    return isChanged ? projectionStore.generations() : generations;
  };

  const run = async (signal: AbortSignal | undefined): Promise<void> => {
    const found = await attachedGenerations();
    let isSwitched = false;
    for (const generation of found) if (await visit(generation, signal)) isSwitched = true;
    const all = isSwitched ? await projectionStore.generations() : found;
    for (const generation of all) if (isReplaced(generation, all)) await projectionStore.remove(generation);
  };

  const ofName = async (name: string): Promise<readonly Generation[]> =>
    (await projectionStore.generations()).filter((generation) => generation.name === name);

  const liveOf = async (name: string): Promise<Generation | undefined> =>
    (await ofName(name)).find(({ isLive }) => isLive);

  const hasRead = async (name: string, position: Position): Promise<boolean> => {
    const live = await liveOf(name);
    return live?.position !== undefined && comparePositions(live.position, position) >= 0;
  };

  const waitFor: ProjectionEngine['waitFor'] = async (name, position, { timeoutMs = 5000 } = {}) => {
    if (position === undefined) return;
    const startedAt = Date.now();
    for (let isFirst = true; !(await hasRead(name, position)); isFirst = false) {
      if (!isFirst && Date.now() - startedAt >= timeoutMs) {
        const reason = `projection ${name} has not read up to position ${position} in ${timeoutMs} ms`;
        throw new EventStoreError({ kind: 'unavailable', retryable: true, reason });
      }
      // Somebody else may be the one to feed it.
      if (!isFirst) await pause(Math.min(20, timeoutMs));
      await inTurn(() => run(undefined));
    }
  };

  const changeStatus = async (
    name: string,
    toOf: (generation: Generation) => Generation['status'] | undefined,
  ): Promise<void> => {
    for (const generation of await ofName(name)) {
      const to = toOf(generation);
      if (to === undefined) continue;
      const { epoch, status: from } = generation;
      const isChanged = await projectionStore.setStatus(generation, epoch, { from, to });
      // It changed hands at this moment.
      if (!isChanged) await changeStatus(name, toOf);
    }
  };

  /** False when somebody else holds the generation, or has written to it meanwhile. */
  const goOnWith = async (
    generation: Generation,
    partition: string,
    from: 'parked-event' | 'behind-it',
  ): Promise<boolean> => {
    const projection = definitionOf(projections, generation);
    const seen = parkedIn(generation, partition);
    if (projection === undefined || seen === undefined) return true;
    const claimed = await claim(generation);
    if (claimed === undefined) return false;
    const waiting = parkedIn(claimed, partition);
    // At another event by now: somebody else has dealt with this one.
    if (waiting?.position !== seen.position) return true;
    return retryPartition(ports, projection, claimed, { waiting, from });
  };

  const goOn = async (name: string, partition: string, from: 'parked-event' | 'behind-it'): Promise<void> => {
    for (const generation of await ofName(name)) {
      let isDone = false;
      // An append that moves an inline projection on meanwhile is no reason to give up.
      for (let attempt = 0; !isDone && attempt < goingOnAttemptsMax; attempt += 1) {
        isDone = await goOnWith(generation, partition, from);
      }
      if (isDone) continue;
      const reason = `another engine works on projection ${name}`;
      throw new EventStoreError({ kind: 'unavailable', retryable: true, reason });
    }
  };

  return {
    run: (signal) => inTurn(() => run(signal)),
    read: (name, key) => projectionStore.read(name, key),
    waitFor,
    status: () => statusOfAll(ports, projections),
    pause: (name) =>
      changeStatus(name, ({ status: now }) =>
        now === 'paused' || now === 'detached' ? undefined : 'paused',
      ),
    resume: (name) =>
      changeStatus(name, ({ status: now, isLive }) =>
        now === 'paused' ? (isLive ? 'active' : 'booting') : undefined,
      ),
    rebuild: async (name) => {
      for (const projection of projections.filter((each) => each.name === name)) {
        await beginGeneration(projectionStore, projection);
      }
    },
    retry: (name, partition) => inTurn(() => goOn(name, partition, 'parked-event')),
    resolve: (name, partition) => inTurn(() => goOn(name, partition, 'behind-it')),
    remove: async (id) => {
      await projectionStore.remove(id);
    },
    close: () =>
      inTurn(async () => {
        for (const generation of await projectionStore.generations()) {
          if (generation.holder === holder) await projectionStore.release(generation, generation.epoch);
        }
      }),
  };
};
