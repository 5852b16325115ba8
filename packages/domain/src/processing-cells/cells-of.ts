import type { Instant } from '@mandate/event-sourcing';
import {
  decide,
  type CustodyOperation,
  type ProcessingOperation,
  type ProcessingRequest,
} from '../processing-decision';
import { boundariesOf, termsAt, type ContractScope } from '../processing-scope';
import { isWithin, type Interval } from '../vocabulary';
import type { CustodyCell, ProcessingCell, ScopeCells } from './cells';

type Timeless<Cell extends { readonly interval: Interval }> = Omit<Cell, 'interval'>;

/** Cells that are told part by part of time, those without a break put together. */
class Merging<Cell extends { readonly interval: Interval }> {
  readonly #done: Cell[] = [];
  readonly #open = new Map<string, Cell>();

  add(cell: Timeless<Cell>, { from, until }: Interval): void {
    // Every cell is made with its fields in one order, so equal ones are written alike.
    const key = JSON.stringify(cell);
    const before = this.#open.get(key);
    const isGoingOn = before?.interval.until === from;
    if (before !== undefined && !isGoingOn) this.#done.push(before);
    const begins = before !== undefined && isGoingOn ? before.interval.from : from;
    const interval = until === undefined ? { from: begins } : { from: begins, until };
    this.#open.set(key, { ...cell, interval } as unknown as Cell);
  }

  cells(): readonly Cell[] {
    return [...this.#done, ...this.#open.values()];
  }
}

const partsOf = (scope: ContractScope): readonly Interval[] => {
  const bounds = boundariesOf(scope);
  return bounds.map((from, index) => {
    const until = bounds[index + 1];
    return until === undefined ? { from } : { from, until };
  });
};

/** Every request of one category that the terms leave room for; outside the terms nothing is allowed. */
const singleRequests = (scope: ContractScope, at: Instant): readonly ProcessingOperation[] => {
  const { contractId } = scope;
  const terms = termsAt(scope, at);
  if (terms === undefined) return [];
  const requests: ProcessingOperation[] = [];
  for (const dataSetId of scope.dataSets.keys()) {
    for (const purpose of new Set(terms.purposes)) {
      for (const channel of new Set(terms.channels)) {
        for (const country of new Set(terms.countries)) {
          const asked = { operation: 'process', contractId, dataSetId, purpose, channel, country } as const;
          for (const category of new Set(terms.categories))
            requests.push({ ...asked, categories: [category] });
        }
      }
    }
  }
  return requests;
};

const processingCellOf = (
  request: ProcessingOperation,
  scope: ContractScope,
  at: Instant,
): Timeless<ProcessingCell> | undefined => {
  const decision = decide(request, scope, at);
  const [basis] = decision.decision === 'allow' ? decision.bases : [];
  if (basis?.kind !== 'instruction') return undefined;
  const { dataSetId, channel, country } = request;
  const { category, instructionId, version, clause, evidenceDigest } = basis;
  // Only a purpose of the service can be allowed.
  const purpose = request.purpose as ProcessingCell['purpose'];
  return { purpose, category, channel, dataSetId, country, instructionId, version, clause, evidenceDigest };
};

const custodyOperations = ['store', 'secure', 'return', 'erase'] as const;

const custodyRequests = ({ contractId, dataSets }: ContractScope): readonly CustodyOperation[] =>
  [...dataSets.keys()].flatMap((dataSetId) =>
    custodyOperations.map((operation) => ({ operation, contractId, dataSetId })),
  );

const custodyCellOf = (
  request: CustodyOperation,
  scope: ContractScope,
  at: Instant,
): Timeless<CustodyCell> | undefined => {
  const decision = decide(request, scope, at);
  const [basis] = decision.decision === 'allow' ? decision.bases : [];
  const { operation, dataSetId } = request;
  return basis?.kind === 'contract'
    ? { operation, dataSetId, documentDigest: basis.documentDigest }
    : undefined;
};

/** What the rules are asked about. */
interface Asked {
  readonly processing: readonly ProcessingOperation[];
  readonly custody: readonly CustodyOperation[];
}

const everythingAt = (scope: ContractScope, at: Instant): Asked => ({
  processing: singleRequests(scope, at),
  custody: custodyRequests(scope),
});

const cellsAbout = (scope: ContractScope, askedAt: (at: Instant) => Asked): ScopeCells => {
  const processing = new Merging<ProcessingCell>();
  const custody = new Merging<CustodyCell>();
  for (const part of partsOf(scope)) {
    const asked = askedAt(part.from);
    for (const request of asked.processing) {
      const cell = processingCellOf(request, scope, part.from);
      if (cell !== undefined) processing.add(cell, part);
    }
    for (const request of asked.custody) {
      const cell = custodyCellOf(request, scope, part.from);
      if (cell !== undefined) custody.add(cell, part);
    }
  }
  return { processing: processing.cells(), custody: custody.cells() };
};

/**
 * The scope of a contract as disjoint cells, with the clause and the evidence that each rests on: what an auditor is
 * shown (Art. 28(3)(h)). A request without special categories that the processor carries out itself is allowed at an
 * instant exactly when each of its categories has a cell there, and rests on what those cells rest on.
 *
 * It asks the rules for every combination of what the terms name and every part of time: for reading, not for the hot path.
 */
export const cellsOf = (scope: ContractScope): ScopeCells =>
  cellsAbout(scope, (at) => everythingAt(scope, at));

/** Those of the cells that hold at an instant, each with its whole interval. About other times it asks for these alone. */
export const cellsAt = (scope: ContractScope, at: Instant): ScopeCells => {
  const isAllowed = (request: ProcessingRequest): boolean => decide(request, scope, at).decision === 'allow';
  const { processing, custody } = everythingAt(scope, at);
  const allowed = { processing: processing.filter(isAllowed), custody: custody.filter(isAllowed) };
  const cells = cellsAbout(scope, () => allowed);
  return {
    processing: cells.processing.filter(({ interval }) => isWithin(interval, at)),
    custody: cells.custody.filter(({ interval }) => isWithin(interval, at)),
  };
};
