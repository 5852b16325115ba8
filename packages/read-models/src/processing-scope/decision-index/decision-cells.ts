import type {
  ContractId,
  Country,
  DataSetId,
  ProcessingDecision,
  ProcessingOperation,
  SubProcessorId,
} from '@mandate/domain';
import type { Validity } from './permit';
import { categoryListCount, categoryListOf, columnCount, columnOf } from './request-shape';

/** The answers for one place and one who carries it out: by purpose and channel, and by the list of categories. */
type Table<Answer> = ((Answer | undefined)[] | undefined)[];

const emptyTable = <Answer>(): Table<Answer> =>
  new Array<(Answer | undefined)[] | undefined>(columnCount).fill(undefined);

const otherPlaceOf = (country: Country, subProcessorId: SubProcessorId | undefined): string =>
  `${country} ${subProcessorId ?? ''}`;

/**
 * What may be done with one data set during one part of time in which nothing changes: a cell for each purpose,
 * category, channel, country and sub-processor, filled with the answer of the rules when it is first asked for.
 */
export class DecisionCells<Answer extends ProcessingDecision> implements Validity {
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly fromMs: number;
  untilMs: number;
  /** Where it is asked for first, which is mostly where it is asked for ever after. */
  #country: Country | undefined;
  #table: Table<Answer> | undefined;
  #otherPlaces: Map<string, Table<Answer>> | undefined;

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
    const table =
      request.subProcessorId === undefined && request.country === this.#country
        ? this.#table
        : this.#otherPlaces?.get(otherPlaceOf(request.country, request.subProcessorId));
    return table?.[columnOf(request)]?.[categoryListOf(request)];
  }

  /** Keeps an answer for all requests that `find` takes for the same; of those it does not know, none. */
  keep(request: ProcessingOperation, answer: Answer): void {
    const column = columnOf(request);
    const list = categoryListOf(request);
    if (request.special !== undefined || column < 0 || list < 0) return;
    const table = this.#tableFor(request);
    // No `new Array(n)` alone: in a list without holes nothing has to be looked up elsewhere.
    table[column] ??= new Array<Answer | undefined>(categoryListCount).fill(undefined);
    table[column][list] = answer;
  }

  #tableFor({ country, subProcessorId }: ProcessingOperation): Table<Answer> {
    if (subProcessorId === undefined && (this.#country ?? country) === country) {
      this.#country = country;
      return (this.#table ??= emptyTable());
    }
    const place = otherPlaceOf(country, subProcessorId);
    const table = this.#otherPlaces?.get(place) ?? emptyTable<Answer>();
    this.#otherPlaces = (this.#otherPlaces ?? new Map<string, Table<Answer>>()).set(place, table);
    return table;
  }
}
