import type { Instant } from '@mandate/event-sourcing';
import { decide, type CustodyOperation, type ProcessingOperation } from '../processing-decision';
import { boundariesOf, termsAt, type ContractScope } from '../processing-scope';
import type { DataSetId, Interval } from '../vocabulary';
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

const custodyCellOf = (
  operation: CustodyOperation['operation'],
  dataSetId: DataSetId,
  scope: ContractScope,
  at: Instant,
): Timeless<CustodyCell> | undefined => {
  const decision = decide({ operation, contractId: scope.contractId, dataSetId }, scope, at);
  const [basis] = decision.decision === 'allow' ? decision.bases : [];
  return basis?.kind === 'contract'
    ? { operation, dataSetId, documentDigest: basis.documentDigest }
    : undefined;
};

/**
 * The scope of a contract as disjoint cells, with the clause and the evidence that each rests on: what an auditor is
 * shown (Art. 28(3)(h)). A request without special categories that the processor carries out itself is allowed at an
 * instant exactly when each of its categories has a cell there, and rests on what those cells rest on.
 *
 * It asks the rules for every combination of what the terms name and every part of time: for reading, not for the hot path.
 */
export const cellsOf = (scope: ContractScope): ScopeCells => {
  const processing = new Merging<ProcessingCell>();
  const custody = new Merging<CustodyCell>();
  for (const part of partsOf(scope)) {
    for (const request of singleRequests(scope, part.from)) {
      const cell = processingCellOf(request, scope, part.from);
      if (cell !== undefined) processing.add(cell, part);
    }
    for (const dataSetId of scope.dataSets.keys()) {
      for (const operation of custodyOperations) {
        const cell = custodyCellOf(operation, dataSetId, scope, part.from);
        if (cell !== undefined) custody.add(cell, part);
      }
    }
  }
  return { processing: processing.cells(), custody: custody.cells() };
};
