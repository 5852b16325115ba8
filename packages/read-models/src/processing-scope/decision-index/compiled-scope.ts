import {
  boundariesOf,
  decideProcessing,
  termsAt,
  type ContractScope,
  type DataSetId,
  type ProcessingDecision,
  type ProcessingOperation,
  type ProcessingRequest,
} from '@mandate/domain';
import { epochMillisecondsOf, instantOf, type Instant, type Position } from '@mandate/event-sourcing';
import { countUpTo } from './count-up-to';
import { DecisionCells } from './decision-cells';
import { frozen } from './frozen';
import { Permit, type Giver, type Validity } from './permit';

export type Denial = Extract<ProcessingDecision, { decision: 'deny' }>;

/** Part of time in which nothing of a contract's scope changes. */
interface Part extends Validity {
  /** Of each data set the cells of the place that was asked about first, which lead to those of others. */
  readonly cellsOf: Map<DataSetId, DecisionCells>;
}

// What an instant can be: everything else is refused where it is asked about first.
const firstMs = epochMillisecondsOf('0000-01-01T00:00:00.000Z' as Instant);
const afterLastMs = epochMillisecondsOf('9999-12-31T23:59:59.999Z' as Instant) + 1;

/**
 * In how many places, of countries and sub-processors, one data set has cells; about more the rules are asked each time.
 * Two hundred sub-processors in thirty countries would take megabytes for each data set, and longer to search than the rules.
 */
const placesMax = 64;

/** The scope of a contract with time cut where something changes. */
export class CompiledScope {
  readonly #scope: ContractScope;
  readonly #decidedAt: Position;
  readonly #giver: Giver;
  readonly #bounds: readonly Instant[];
  readonly #boundsMs: readonly number[];
  readonly #parts: (Part | undefined)[] = [];

  constructor(scope: ContractScope, decidedAt: Position, giver: Giver) {
    this.#scope = scope;
    this.#decidedAt = decidedAt;
    this.#giver = giver;
    this.#bounds = boundariesOf(scope);
    this.#boundsMs = this.#bounds.map(epochMillisecondsOf);
    this.#parts.length = this.#bounds.length + 1;
    this.#parts.fill(undefined);
  }

  get scope(): ContractScope {
    return this.#scope;
  }

  /**
   * The cells that answer a request at an instant; none when it asks for what only the rules can tell. Throws a
   * `RangeError` for an instant outside the years 0 to 9999.
   */
  cellsFor(request: ProcessingRequest, atMs: number): DecisionCells | undefined {
    const part = this.#partAt(atMs);
    if (request.operation !== 'process') return undefined;
    let cells = part.cellsOf.get(request.dataSetId);
    let places = 0;
    while (cells !== undefined) {
      if (cells.country === request.country && cells.subProcessorId === request.subProcessorId) return cells;
      cells = cells.next;
      places += 1;
    }
    return places < placesMax ? this.#newCells(request, part, atMs) : undefined;
  }

  /** Whether the rules allow a request at an instant. */
  allows(request: ProcessingRequest, atMs: number): boolean {
    return this.cellsFor(request, atMs)?.allows(request) ?? this.#ruled(request, atMs).decision === 'allow';
  }

  permit(request: ProcessingRequest, atMs: number): Permit | Denial {
    const permit = this.cellsFor(request, atMs)?.permit(request);
    if (permit !== undefined) return permit;
    const decision = this.#ruled(request, atMs);
    if (decision.decision === 'deny') return decision;
    return new Permit(this.#partAt(atMs), { basesOf: () => decision.bases }, 0);
  }

  decide(request: ProcessingRequest, at: Instant): ProcessingDecision {
    const answer = this.permit(request, epochMillisecondsOf(at));
    return answer.decision === 'allow' ? { decision: 'allow', bases: answer.bases } : answer;
  }

  /** Takes back every permit, and tells of which data sets there are cells. */
  invalidate(): readonly DataSetId[] {
    const dataSets = new Set<DataSetId>();
    for (const part of this.#parts) {
      if (part === undefined) continue;
      part.untilMs = -Infinity;
      for (const [dataSetId, first] of part.cellsOf) {
        dataSets.add(dataSetId);
        for (let cells: DecisionCells | undefined = first; cells !== undefined; cells = cells.next)
          cells.untilMs = -Infinity;
      }
    }
    return [...dataSets];
  }

  #ruled(request: ProcessingRequest, atMs: number): ProcessingDecision {
    return frozen(decideProcessing(request, this.#scope, instantOf(atMs)));
  }

  /** None for words that a contract does not know: of those there are too many to be kept. */
  #newCells(request: ProcessingOperation, part: Part, atMs: number): DecisionCells | undefined {
    const { dataSetId, country, subProcessorId } = request;
    const { dataSets, subProcessors } = this.#scope;
    const isKnown =
      dataSets.has(dataSetId) &&
      (subProcessorId === undefined || subProcessors.has(subProcessorId)) &&
      (termsAt(this.#scope, instantOf(atMs))?.countries.includes(country) ?? false);
    if (!isKnown) return undefined;
    const cells = new DecisionCells(this.#scope, { dataSetId, country, subProcessorId }, part);
    const first = part.cellsOf.get(dataSetId);
    if (first === undefined) part.cellsOf.set(dataSetId, cells);
    else {
      cells.next = first.next;
      first.next = cells;
    }
    return cells;
  }

  #partAt(atMs: number): Part {
    if (!(firstMs <= atMs && atMs < afterLastMs))
      throw new RangeError('An instant lies between the years 0000 and 9999.');
    const place = countUpTo(atMs, this.#boundsMs);
    return this.#parts[place] ?? this.#newPart(place);
  }

  #newPart(place: number): Part {
    const part: Part = {
      giver: this.#giver,
      fromMs: this.#boundsMs[place - 1] ?? firstMs,
      untilMs: this.#boundsMs[place] ?? afterLastMs,
      from: this.#bounds[place - 1],
      until: this.#bounds[place],
      decidedAt: this.#decidedAt,
      cellsOf: new Map(),
    };
    this.#parts[place] = part;
    return part;
  }
}
