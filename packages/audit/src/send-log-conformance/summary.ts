import type { ContractId, DenialCode } from '@mandate/domain';
import type { LineProblem, SendLogFinding } from './findings';

export interface ContractCounts {
  readonly permitted: number;
  readonly violations: number;
  readonly laterUnlawful: number;
}

/** What a check came to. It holds no personal data. */
export interface SendLogSummary {
  readonly file: string;
  /** Whether the log was read to its end; otherwise the counts are of a part of it. */
  readonly isComplete: boolean;
  readonly bytes: number;
  /** Records, without empty lines: permitted + violations + later unlawful + broken. */
  readonly records: number;
  readonly permitted: number;
  readonly violations: number;
  readonly laterUnlawful: number;
  readonly broken: number;
  /** An operation that was outside for several reasons is counted under each. */
  readonly violationsByReason: Readonly<Partial<Record<DenialCode, number>>>;
  readonly laterUnlawfulByReason: Readonly<Partial<Record<DenialCode, number>>>;
  readonly brokenByProblem: Readonly<Partial<Record<LineProblem, number>>>;
  /** Of the contracts that came first; the rest together, so that a log of any length needs the same memory. */
  readonly byContract: ReadonlyMap<ContractId, ContractCounts>;
  readonly otherContracts: ContractCounts;
}

export type CountedFinding =
  | { readonly finding: 'permitted' }
  | Pick<Extract<SendLogFinding, { reasons: unknown }>, 'finding' | 'reasons'>;

type Counts = { -readonly [Kind in keyof ContractCounts]: ContractCounts[Kind] };

const noCounts = (): Counts => ({ permitted: 0, violations: 0, laterUnlawful: 0 });

const kinds = {
  permitted: 'permitted',
  violation: 'violations',
  'later-unlawful': 'laterUnlawful',
} as const;

const addTo = <Key extends string>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Counts findings in memory that does not grow with them. */
export class SendLogTally {
  readonly #contractsMax: number;
  readonly #all = noCounts();
  readonly #others = noCounts();
  readonly #byContract = new Map<ContractId, Counts>();
  readonly #violations = new Map<DenialCode, number>();
  readonly #later = new Map<DenialCode, number>();
  readonly #problems = new Map<LineProblem, number>();
  #broken = 0;
  #isComplete = true;

  constructor(contractsMax: number) {
    this.#contractsMax = contractsMax;
  }

  countOperation(contractId: ContractId, counted: CountedFinding): void {
    const kind = kinds[counted.finding];
    this.#all[kind] += 1;
    this.#countsOf(contractId)[kind] += 1;
    if (counted.finding === 'permitted') return;
    const byReason = counted.finding === 'violation' ? this.#violations : this.#later;
    for (const code of new Set(counted.reasons.map((reason) => reason.code))) addTo(byReason, code);
  }

  countBroken(problem: LineProblem): void {
    // What cannot be read any more is no record that was read.
    if (problem === 'log-cut-off') this.#isComplete = false;
    else this.#broken += 1;
    addTo(this.#problems, problem);
  }

  get records(): number {
    const { permitted, violations, laterUnlawful } = this.#all;
    return permitted + violations + laterUnlawful + this.#broken;
  }

  summary(file: string, bytes: number): SendLogSummary {
    return {
      file,
      isComplete: this.#isComplete,
      bytes,
      records: this.records,
      ...this.#all,
      broken: this.#broken,
      violationsByReason: Object.fromEntries(this.#violations),
      laterUnlawfulByReason: Object.fromEntries(this.#later),
      brokenByProblem: Object.fromEntries(this.#problems),
      byContract: this.#byContract,
      otherContracts: this.#others,
    };
  }

  #countsOf(contractId: ContractId): Counts {
    const known = this.#byContract.get(contractId);
    if (known !== undefined) return known;
    if (this.#byContract.size >= this.#contractsMax) return this.#others;
    const counts = noCounts();
    this.#byContract.set(contractId, counts);
    return counts;
  }
}
