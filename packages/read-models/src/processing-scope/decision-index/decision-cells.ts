import {
  decideProcessing,
  type ContractId,
  type ContractScope,
  type Country,
  type DataSetId,
  type InstructionBasis,
  type ProcessingOperation,
  type ProcessingRequest,
  type SubProcessorId,
} from '@mandate/domain';
import { instantOf } from '@mandate/event-sourcing';
import {
  categoriesInOrder,
  categoryNumbersOf,
  categoryOf,
  numberOfCategory,
  pairCount,
  pairOf,
  wordsOfPair,
  type CategoryNumber,
} from './asked-words';
import { copyOf } from './copy-of';
import { frozen } from './frozen';
import { Permit, type Bases, type BasesSource, type Validity } from './permit';

/** Of which data set, where, and through whom: what one object of cells is about. */
export interface AskedPlace {
  readonly dataSetId: DataSetId;
  readonly country: Country;
  readonly subProcessorId: SubProcessorId | undefined;
}

/**
 * What may be done with one data set in one place, by one of those who process, during one part of time in which nothing
 * changes: for each category two masks with a bit for every pair of purpose and channel, whether the rules were asked and
 * whether they allow it. A request with several categories is allowed when each of them is (see `cellsOf`).
 *
 * All that is asked on the way to an answer lies in this one object: what lies elsewhere has to be waited for.
 */
export class DecisionCells implements AskedPlace, BasesSource {
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly country: Country;
  readonly subProcessorId: SubProcessorId | undefined;
  /** In milliseconds since 1970; half-open. */
  readonly fromMs: number;
  untilMs: number;
  #askedOfContact = 0;
  #allowedOfContact = 0;
  #askedOfContent = 0;
  #allowedOfContent = 0;
  #askedOfMetadata = 0;
  #allowedOfMetadata = 0;
  /** The cells of the same data set in the next place. */
  next: DecisionCells | undefined;
  readonly #scope: ContractScope;
  readonly #validity: Validity;
  #bases: Map<number, InstructionBasis> | undefined;

  constructor(scope: ContractScope, { dataSetId, country, subProcessorId }: AskedPlace, validity: Validity) {
    this.contractId = copyOf(scope.contractId);
    this.dataSetId = copyOf(dataSetId);
    this.country = country;
    this.subProcessorId = subProcessorId;
    this.fromMs = validity.fromMs;
    this.untilMs = validity.untilMs;
    this.#scope = scope;
    this.#validity = validity;
  }

  /**
   * Whether a request for this data set and place is allowed; nothing when it is of a kind that has no bit. The rules are
   * asked once for each bit.
   */
  allows(request: ProcessingRequest): boolean | undefined {
    // How special categories are declared has too many forms for bits.
    if (request.operation !== 'process' || request.special !== undefined) return undefined;
    const pair = pairOf(request);
    return pair < 0 ? undefined : this.#allowsEach(request, pair);
  }

  /** The permit for a request for this data set and place, if it is of a kind that has a bit, and allowed. */
  permit(request: ProcessingRequest): Permit | undefined {
    if (request.operation !== 'process' || this.allows(request) !== true) return undefined;
    return new Permit(
      this.#validity,
      this,
      categoriesInOrder(request.categories) * pairCount + pairOf(request),
    );
  }

  basesOf(code: number): Bases {
    const pair = code % pairCount;
    const numbers = categoryNumbersOf((code - pair) / pairCount);
    const bases = numbers.flatMap((category) => this.#bases?.get(category * pairCount + pair) ?? []);
    const [first, ...others] = bases;
    if (first === undefined) throw new RangeError('There is a permit for what was not allowed.');
    return Object.freeze<[InstructionBasis, ...InstructionBasis[]]>([first, ...others]);
  }

  #allowsEach({ categories }: ProcessingOperation, pair: number): boolean | undefined {
    // Once: the length of a list that changes could come to deny nothing.
    const { length } = categories;
    // Not `=== 0`: what is no list has no length at all, and must not be allowed for want of anything to deny.
    if (!(length > 0)) return undefined;
    for (let index = 0; index < length; index += 1) {
      const category = numberOfCategory(categories[index] ?? '');
      if (category === -1) return undefined;
      if (!this.#isAllowed(category, pair)) return false;
    }
    return true;
  }

  #isAllowed(category: CategoryNumber, pair: number): boolean {
    const bit = 1 << pair;
    if ((this.#asked(category) & bit) === 0) this.#ask(category, pair);
    return (this.#allowed(category) & bit) !== 0;
  }

  #asked(category: CategoryNumber): number {
    if (category === 0) return this.#askedOfContact;
    return category === 1 ? this.#askedOfContent : this.#askedOfMetadata;
  }

  #allowed(category: CategoryNumber): number {
    if (category === 0) return this.#allowedOfContact;
    return category === 1 ? this.#allowedOfContent : this.#allowedOfMetadata;
  }

  /**
   * Asks the rules about what a bit stands for, in words of its own: everybody is answered by it, and a request may be an
   * object that says something else each time it is looked at.
   */
  #ask(category: CategoryNumber, pair: number): void {
    const { contractId, dataSetId, country, subProcessorId } = this;
    const request: ProcessingOperation = {
      ...{ operation: 'process', contractId, dataSetId, country },
      ...wordsOfPair(pair),
      categories: [categoryOf(category)],
      ...(subProcessorId === undefined ? {} : { subProcessorId }),
    };
    const decision = decideProcessing(request, this.#scope, instantOf(this.fromMs));
    const [basis] = decision.decision === 'allow' ? decision.bases : [];
    const allowed = basis?.kind === 'instruction' ? 1 << pair : 0;
    if (basis?.kind === 'instruction') {
      this.#bases ??= new Map();
      this.#bases.set(category * pairCount + pair, frozen(basis));
    }
    this.#note(category, 1 << pair, allowed);
  }

  #note(category: CategoryNumber, asked: number, allowed: number): void {
    if (category === 0) {
      this.#askedOfContact |= asked;
      this.#allowedOfContact |= allowed;
    } else if (category === 1) {
      this.#askedOfContent |= asked;
      this.#allowedOfContent |= allowed;
    } else {
      this.#askedOfMetadata |= asked;
      this.#allowedOfMetadata |= allowed;
    }
  }
}
