import type { LogPage, ReadAllOptions } from '../event-store/event-store';
import { pageSizeDefault } from '../event-store/page-request';
import type { Position } from '../event-store/position';
import type { Clock } from '../values/instant';
import type { AnyDocumentProjection } from './document-projection';
import { defaultBackoff, failureAfter } from './generation-failure';
import { isWaitingForRetry, nextGeneration } from './generations';
import { planBatch } from './projection-batch';
import type { ProjectionRecords } from './projection-records';
import type { Generation } from './projection-store';

/** The log as a transaction sees it. */
export interface InlineLog {
  readonly readPage: (options: ReadAllOptions) => LogPage;
  /** How many events there are behind a position, whichever they are; too many rather than too few. */
  readonly countAfter: (position: Position | undefined) => number;
}

export interface InlinePorts {
  readonly records: ProjectionRecords;
  readonly log: InlineLog;
  readonly clock: Clock;
  /** Whether it is the store that failed, and the whole transaction with it; otherwise it is one projection. */
  readonly isFailureOfStore: (thrown: unknown) => boolean;
}

/**
 * Projections that are changed in the transaction of the append, so that whoever has its acknowledgement reads what
 * it made of them. Every method is called within a transaction.
 */
export interface InlineProjections {
  /** Sees to it that every projection has a generation. */
  readonly begin: () => void;
  /** Reads a page for every projection that is behind; answers whether all have come to the head. */
  readonly readOn: () => boolean;
  /**
   * Brings every projection to the head, after the events of an append. One that has more to read than the page that
   * an append can be expected to wait for is not asked any more, until it has read on by itself.
   */
  readonly follow: () => void;
}

const requireNamesOfTheirOwn = (projections: readonly AnyDocumentProjection[]): void => {
  if (new Set(projections.map(({ name }) => name)).size === projections.length) return;
  throw new RangeError('Expected every inline projection to have a name of its own.');
};

/** Feeds projections within the transactions of a store. */
export const createInlineProjections = (
  { records, log, clock, isFailureOfStore }: InlinePorts,
  projections: readonly AnyDocumentProjection[],
): InlineProjections => {
  requireNamesOfTheirOwn(projections);

  /** A generation has read everything: it is well again, and may be asked from now on. */
  const settle = (generation: Generation): void => {
    const { status, isLive, epoch } = generation;
    if (status === 'error' || status === 'detached') {
      records.setStatus(generation, epoch, { from: status, to: isLive ? 'active' : 'booting' });
    }
    if (!isLive) records.makeLive(generation, epoch);
  };

  /** Reads on for a generation by one page; answers whether that was the last one. */
  const feed = (projection: AnyDocumentProjection, generation: Generation): boolean => {
    const { position: from, parked, epoch, heldUntil = clock() } = generation;
    const page = log.readPage({
      after: from,
      limit: pageSizeDefault,
      filter: { types: projection.codec.types },
    });
    const to = page.next ?? from;
    if (to !== from) {
      const plan = planBatch(projection, { events: page.events, from, parked });
      const folded = plan.fold(records.load(generation, plan.keys));
      const isKept = records.commit(generation, { epoch, from, to, ...folded, unparked: [], heldUntil });
      if (!isKept) throw new Error('Expected nobody else to write within the transaction.');
    }
    if (page.atHead) settle(generation);
    return page.atHead;
  };

  /** What one generation fails with is on record, as an engine does it, but nobody is told what may be out of date. */
  const fail = (generation: Generation, thrown: unknown): void => {
    const failure = failureAfter(generation, thrown, clock(), defaultBackoff);
    records.setStatus(generation, generation.epoch, { from: generation.status, to: 'error', failure });
    if (generation.isLive) records.stepDown(generation.name);
  };

  const unlessItFails = <T>(work: () => T, otherwise: (thrown: unknown) => T): T => {
    try {
      return work();
    } catch (thrown) {
      if (isFailureOfStore(thrown)) throw thrown;
      return otherwise(thrown);
    }
  };

  /** Does something with every generation that is to be fed. */
  const visit = (
    generations: readonly Generation[],
    { version }: AnyDocumentProjection,
    work: (generation: Generation) => boolean,
  ): boolean => {
    // A live one is in error only by what an engine met, whose next attempt is not worth waiting for.
    const isAtRest = (generation: Generation): boolean =>
      generation.status === 'paused' || (!generation.isLive && isWaitingForRetry(generation, clock()));
    const outcomes = generations
      .filter((generation) => generation.version === version && !isAtRest(generation))
      .map((generation) =>
        unlessItFails(
          () => work(generation),
          (thrown) => {
            fail(generation, thrown);
            return true;
          },
        ),
      );
    return !outcomes.includes(false);
  };

  /** Visits every projection; of one whose records make no sense nothing is told any more. */
  const visitAll = (visitOne: (projection: AnyDocumentProjection) => boolean): boolean => {
    const outcomes = projections.map((projection) =>
      unlessItFails(
        () => visitOne(projection),
        () => {
          records.stepDown(projection.name);
          return true;
        },
      ),
    );
    return !outcomes.includes(false);
  };

  const beginOne = ({ name, version }: AnyDocumentProjection): boolean => {
    const found = records.generationsOf(name);
    if (found.some((each) => each.version === version)) return true;
    return records.create(nextGeneration(name, found), version);
  };

  const readOnOne = (projection: AnyDocumentProjection): boolean =>
    visit(records.generationsOf(projection.name), projection, (generation) => feed(projection, generation));

  const followOne = (projection: AnyDocumentProjection): boolean => {
    const { name, version } = projection;
    const found = records.generationsOf(name);
    // A live one of another version does not get what is appended here.
    if (found.some((each) => each.isLive && each.version !== version)) records.stepDown(name);
    return visit(found, projection, (generation) => {
      if (log.countAfter(generation.position) <= pageSizeDefault) return feed(projection, generation);
      if (generation.isLive) records.stepDown(name);
      return true;
    });
  };

  return {
    begin: () => void visitAll(beginOne),
    readOn: () => visitAll(readOnOne),
    follow: () => void visitAll(followOne),
  };
};
