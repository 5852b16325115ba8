import type { DecisionResult } from '@mandate/processor';
import { cannotBeUnderstood } from '../generating/unreadable-lines';
import type { UnreadableLine } from '../reading/send-log';
import { clauseOf, type Allowed } from './clause-of';
import type { LinePlace } from '../reading/lines-of';
import type { ClauseTally, DenialTally, LogTally } from '../run-record';

type Denied = Exclude<DecisionResult, { decision: 'allow' }>;

interface Reason {
  readonly code: string;
  readonly article: string;
  readonly sentence: string;
}

const firstLinesMax = 3;

const keyOf = ({ instructionId, clause }: Pick<ClauseTally, 'instructionId' | 'clause'>): string =>
  `${instructionId} ${clause}`;

/** What is not understood is not permitted: permission needs an instruction that covers it. */
const notUnderstood = (sentence: string): Reason => ({
  code: cannotBeUnderstood,
  article: 'GDPR Art. 28(3)(a), 29',
  sentence,
});

const reasonsOf = (denied: Denied): readonly Reason[] =>
  'outcome' in denied ? [notUnderstood(denied.sentence)] : denied.explanations;

/** Counts what came of the lines of a log, from where it was left. */
export class LogCounts {
  #decided: number;
  #allowed: number;
  #denied: number;
  #place: LinePlace;
  readonly #clauses: Map<string, ClauseTally>;
  readonly #denials: Map<string, DenialTally>;

  constructor({ decided, allowed, denied, place, clauses, denials }: LogTally) {
    this.#decided = decided;
    this.#allowed = allowed;
    this.#denied = denied;
    this.#place = place;
    this.#clauses = new Map(clauses.map((tally) => [keyOf(tally), tally]));
    this.#denials = new Map(denials.map((denial) => [denial.code, denial]));
  }

  get place(): LinePlace {
    return this.#place;
  }

  /** A line was read, and decided once. */
  decided(line: number, next: number, decision: DecisionResult): void {
    this.#passed(line, next);
    if (decision.decision === 'allow') this.#allow(decision);
    else this.#deny(line, reasonsOf(decision));
  }

  /** A line was read that says nothing; that is a denial, too. */
  unreadable({ line, next, field, expected, found }: UnreadableLine): void {
    this.#passed(line, next);
    this.#deny(line, [notUnderstood(`${field}: expected ${expected}, found ${found}.`)]);
  }

  tally(): Pick<LogTally, 'place' | 'decided' | 'allowed' | 'denied' | 'clauses' | 'denials'> {
    return {
      place: this.#place,
      decided: this.#decided,
      allowed: this.#allowed,
      denied: this.#denied,
      clauses: [...this.#clauses.values()],
      denials: [...this.#denials.values()],
    };
  }

  #passed(line: number, next: number): void {
    // Each line once: the one that is decided is always the one after the last.
    if (line !== this.#place.lines + 1) throw new Error('Expected every line of the log exactly once.');
    this.#place = { lines: line, bytes: next };
    this.#decided += 1;
  }

  #allow(allowed: Allowed): void {
    this.#allowed += 1;
    const clause = clauseOf(allowed);
    if (clause === undefined) return;
    const { instructionId } = clause;
    const lines = (this.#clauses.get(keyOf(clause))?.lines ?? 0) + 1;
    this.#clauses.set(keyOf(clause), { instructionId, clause: clause.clause, lines });
  }

  #deny(line: number, reasons: readonly Reason[]): void {
    this.#denied += 1;
    for (const reason of new Map(reasons.map((each) => [each.code, each])).values()) {
      const { lines, first } = this.#denials.get(reason.code) ?? { lines: 0, first: [] };
      this.#denials.set(reason.code, {
        code: reason.code,
        article: reason.article,
        sentence: this.#denials.get(reason.code)?.sentence ?? reason.sentence,
        lines: lines + 1,
        first: first.length < firstLinesMax ? [...first, line] : first,
      });
    }
  }
}
