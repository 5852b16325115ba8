import {
  decideProcessing,
  type ContractId,
  type ContractScope,
  type Country,
  type InstructionBasis,
  type ProcessingOperation,
  type ProcessingRequest,
  type SubProcessorId,
} from '@mandate/domain';
import { instantOf } from '@mandate/event-sourcing';
import {
  categoriesInOrder,
  categoryNumbersOf,
  numberOfCategory,
  pairCount,
  pairOf,
  type CategoryNumber,
} from './asked-words';
import { copyOf } from './copy-of';
import { frozen } from './frozen';
import { Permit, type Bases, type BasesSource, type Validity } from './permit';

/**
 * What may be done with one data set in one place, by one of those who process, during one part of time in which nothing
 * changes: for each category two masks with a bit for every pair of purpose and channel, whether the rules were asked and
 * whether they allow it. A request with several categories is allowed when each of them is (see `cellsOf`).
 *
 * All that is asked on the way to an answer lies in this one object: what lies elsewhere has to be waited for.
 */
export class DecisionCells implements BasesSource {
  readonly contractId: ContractId;
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

  constructor(
    scope: ContractScope,
    { country, subProcessorId }: Pick<ProcessingOperation, 'country' | 'subProcessorId'>,
    validity: Validity,
  ) {
    this.contractId = copyOf(scope.contractId);
    this.country = country;
    this.subProcessorId = subProcessorId;
    this.fromMs = validity.fromMs;
    this.untilMs = validity.untilMs;
    this.#scope = scope;
    this.#validity = validity;
  }

  /**
   * Whether a request for this data set and place is allowed; nothing when it is of a kind that has no bit. The rules are
   * asked once for each bit, about an instant that these cells cover.
   */
  allows(request: ProcessingRequest, atMs: number): boolean | undefined {
    // How special categories are declared has too many forms for bits.
    if (request.operation !== 'process' || request.special !== undefined) return undefined;
    const pair = pairOf(request);
    return pair < 0 ? undefined : this.#allowsEach(request, pair, atMs);
  }

  /** The permit for a request for this data set and place, if it is of a kind that has a bit, and allowed. */
  permit(request: ProcessingRequest, atMs: number): Permit | undefined {
    if (request.operation !== 'process' || this.allows(request, atMs) !== true) return undefined;
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

  #allowsEach(request: ProcessingOperation, pair: number, atMs: number): boolean | undefined {
    const { categories } = request;
    // Not `=== 0`: what is no list has no length at all, and must not be allowed for want of anything to deny.
    if (!(categories.length > 0)) return undefined;
    for (let index = 0; index < categories.length; index += 1) {
      const category = numberOfCategory(categories[index] ?? '');
      if (category === -1) return undefined;
      if (!this.#isAllowed(category, pair, request, atMs)) return false;
    }
    return true;
  }

  #isAllowed(category: CategoryNumber, pair: number, request: ProcessingOperation, atMs: number): boolean {
    const bit = 1 << pair;
    if ((this.#asked(category) & bit) === 0) this.#ask(category, pair, request, atMs);
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

  /** Asks the rules about one category of a request. */
  #ask(category: CategoryNumber, pair: number, request: ProcessingOperation, atMs: number): void {
    const word = request.categories.find((name) => numberOfCategory(name) === category);
    if (word === undefined) return;
    const decision = decideProcessing({ ...request, categories: [word] }, this.#scope, instantOf(atMs));
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
