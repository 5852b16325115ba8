import type {
  ContractId,
  Country,
  DataSetId,
  ProcessingDecision,
  ProcessingOperation,
  SubProcessorId,
} from '@mandate/domain';
import type { Validity } from './permit';
import { shapeOf } from './request-shape';
import { findIn, kept, type ShapeSlots } from './shape-slots';

const otherPlaceOf = (country: Country, subProcessorId: SubProcessorId | undefined): string =>
  `${country} ${subProcessorId ?? ''}`;

/**
 * What may be done with one data set during one part of time in which nothing changes: a cell for each purpose, list of
 * categories, channel, country and sub-processor, filled with the answer of the rules when it is first asked for.
 */
export class DecisionCells<Answer extends ProcessingDecision> implements Validity {
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly fromMs: number;
  untilMs: number;
  /** Where it is asked for first, which is mostly where it is asked for ever after. */
  #country: Country | undefined;
  #slots: ShapeSlots<Answer> | undefined;
  #otherPlaces: Map<string, ShapeSlots<Answer>> | undefined;

  constructor(
    { contractId, dataSetId }: Pick<ProcessingOperation, 'contractId' | 'dataSetId'>,
    { fromMs, untilMs }: Validity,
  ) {
    this.contractId = contractId;
    this.dataSetId = dataSetId;
    this.fromMs = fromMs;
    this.untilMs = untilMs;
  }

  /** The answer that is there already. */
  find(request: ProcessingOperation): Answer | undefined {
    // How special categories are declared has too many forms for cells.
    if (request.special !== undefined) return undefined;
    const slots =
      request.subProcessorId === undefined && request.country === this.#country
        ? this.#slots
        : this.#otherPlaces?.get(otherPlaceOf(request.country, request.subProcessorId));
    return slots && findIn(slots, shapeOf(request));
  }

  /** Keeps an answer for all requests that `find` takes for the same; of those it does not know, none. */
  keep(request: ProcessingOperation, answer: Answer): void {
    const shape = shapeOf(request);
    if (request.special !== undefined || shape < 0) return;
    const { country, subProcessorId } = request;
    if (subProcessorId === undefined && (this.#country ?? country) === country) {
      this.#country = country;
      this.#slots = kept(this.#slots, shape, answer);
      return;
    }
    const place = otherPlaceOf(country, subProcessorId);
    const otherPlaces = this.#otherPlaces ?? new Map<string, ShapeSlots<Answer>>();
    this.#otherPlaces = otherPlaces.set(place, kept(otherPlaces.get(place), shape, answer));
  }
}
