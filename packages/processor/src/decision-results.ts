import type { ProcessingDecision, ScopeAt } from '@mandate/domain';
import type { ExplainedDecision } from '@mandate/read-models';
import type { Invalid } from './commands/outcome';

/** A denial's reasons, each with its sentence and article. */
export interface ExplainedReason {
  readonly code: string;
  readonly sentence: string;
  readonly article: string;
}

/** The answer to a request. Only `allow` is a permission; everything else is none. */
export type DecisionResult =
  | Extract<ProcessingDecision, { decision: 'allow' }>
  | (Extract<ProcessingDecision, { decision: 'deny' }> & {
      readonly explanations: readonly ExplainedReason[];
    })
  | (Invalid & { readonly decision: 'deny' });

/** The scope of a contract, or why there is none to show. */
export type ScopeResult =
  | { readonly outcome: 'found'; readonly scope: ScopeAt }
  | { readonly outcome: 'not-found'; readonly explanations: readonly ExplainedReason[] }
  | Invalid;

/** An answer with all that it rests on. `explanation.decision` is that of `decide`. */
export type ExplanationResult =
  | { readonly outcome: 'explained'; readonly explanation: ExplainedDecision }
  | (Invalid & { readonly decision: 'deny' });

/** For which time, and by which knowledge, a decision is made. Any other option is refused, with a denial. */
export interface DecisionOptions {
  /**
   * When the operation takes place. Default: now. An ISO 8601 instant in UTC with milliseconds. Alone, a `validAt` in the
   * past is judged by everything that is known now, also by what was recorded after it; to judge what was done then, give
   * `knownAt`, too (GDPR Art. 5(2)).
   */
  readonly validAt?: string;
  /**
   * Judge by what was on record then: at an instant, with what was recorded in the same millisecond, or up to and with a
   * position of the log, as accepted commands answer with one. Default: by everything that is known.
   */
  readonly knownAt?: string;
  /**
   * Read the log to its head after the question was asked, whatever `staleAfterMs` says, and deny when it cannot be read:
   * what any process had on record before the call is part of the answer. Costs a reading. Default: false, and the
   * knowledge of what other processes record may be `staleAfterMs` old; what this processor recorded is never missed.
   */
  readonly strict?: boolean;
}
