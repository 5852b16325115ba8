/** Why something was refused or denied, for a person: one sentence, and where the rule is written. */
export interface Explanation {
  readonly sentence: string;
  /** Like `GDPR Art. 28(3)(a)` or `SCC 7.5` (the clauses of Decision (EU) 2021/915). */
  readonly article: string;
}
