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
import { epochMillisecondsOf, type Instant } from '@mandate/event-sourcing';
import { DecisionCells } from './decision-cells';
import { frozen } from './frozen';
import type { Validity } from './permit';

/** Part of time in which nothing of a contract's scope changes; half-open, without a bound where there is none. */
export interface Span {
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
}

export type Denial = Extract<ProcessingDecision, { decision: 'deny' }>;

/** Makes what is kept of a decision that holds for a span, as long as the validity is not taken back. */
export type AnswerOf<Answer> = (
  decision: ProcessingDecision,
  span: Span,
  validity: Validity,
) => Answer | Denial;

interface Part<Answer extends ProcessingDecision> extends Span {
  readonly cellsOf: Map<DataSetId, DecisionCells<Answer | Denial>>;
}

const msOf = (instant: Instant | undefined, otherwise: number): number =>
  instant === undefined ? otherwise : epochMillisecondsOf(instant);

/**
 * Whether the words of a request are among those that a contract knows, so that cells for them are worth keeping: of
 * others there are too many.
 */
const isOfKnownWords = (
  scope: ContractScope,
  { country, subProcessorId }: ProcessingOperation,
  at: Instant,
): boolean =>
  (subProcessorId === undefined || scope.subProcessors.has(subProcessorId)) &&
  (termsAt(scope, at)?.countries.includes(country) ?? false);

const unknownDataSet: Denial = frozen({ decision: 'deny', reasons: [{ reason: 'data-set-unknown' }] });

/** The scope of a contract with time cut where something changes. */
export class CompiledScope<Answer extends ProcessingDecision> {
  readonly #scope: ContractScope;
  readonly #answerOf: AnswerOf<Answer>;
  readonly #bounds: readonly Instant[];
  readonly #parts = new Map<number, Part<Answer>>();

  constructor(scope: ContractScope, answerOf: AnswerOf<Answer>) {
    this.#scope = scope;
    this.#answerOf = answerOf;
    this.#bounds = boundariesOf(scope);
  }

  /** The cells of a data set at an instant; none of a data set that was not entrusted. */
  cellsAt(dataSetId: DataSetId, at: Instant): DecisionCells<Answer | Denial> | undefined {
    if (!this.#scope.dataSets.has(dataSetId)) return undefined;
    const { cellsOf, from, until } = this.#partAt(at);
    const known = cellsOf.get(dataSetId);
    if (known !== undefined) return known;
    const validity = { fromMs: msOf(from, -Infinity), untilMs: msOf(until, Infinity) };
    const cells = new DecisionCells<Answer | Denial>(
      { contractId: this.#scope.contractId, dataSetId },
      validity,
    );
    cellsOf.set(dataSetId, cells);
    return cells;
  }

  /** The answer of the rules at an instant: from its cell, or put there. */
  answerTo(request: ProcessingRequest, at: Instant): Answer | Denial {
    const cells = this.cellsAt(request.dataSetId, at);
    const known = request.operation === 'process' ? cells?.find(request) : undefined;
    return known ?? this.#decide(request, at, cells);
  }

  /** Takes back every answer. */
  invalidate(): void {
    for (const { cellsOf } of this.#parts.values()) {
      for (const cells of cellsOf.values()) cells.untilMs = -Infinity;
    }
  }

  #decide(
    request: ProcessingRequest,
    at: Instant,
    cells: DecisionCells<Answer | Denial> | undefined,
  ): Answer | Denial {
    const decision = frozen(decideProcessing(request, this.#scope, at));
    // Nothing is permitted with a data set that was not entrusted.
    if (cells === undefined) return decision.decision === 'deny' ? decision : unknownDataSet;
    const answer = this.#answerOf(decision, this.#partAt(at), cells);
    if (request.operation === 'process' && isOfKnownWords(this.#scope, request, at))
      cells.keep(request, answer);
    return answer;
  }

  #partAt(at: Instant): Part<Answer> {
    const place = this.#placeOf(at);
    const known = this.#parts.get(place);
    if (known !== undefined) return known;
    const [from, until] = [this.#bounds[place - 1], this.#bounds[place]];
    const part: Part<Answer> = { from, until, cellsOf: new Map() };
    this.#parts.set(place, part);
    return part;
  }

  /** How many bounds are at an instant or before it. */
  #placeOf(at: Instant): number {
    let [low, high] = [0, this.#bounds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const bound = this.#bounds[middle];
      if (bound !== undefined && bound <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
