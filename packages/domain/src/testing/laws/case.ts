import type { DenialCode, DenialReason, InstructionObstacle } from '../../processing-decision';
import type { History } from '../history';
import type { Question } from '../inquiries';

/** A question about a history that is answered with a denial. */
export interface Case {
  readonly history: History;
  readonly question: Question;
}

type ReasonFor<Code extends DenialCode> = Code extends InstructionObstacle
  ? Extract<DenialReason, { readonly clause: unknown }>
  : Extract<DenialReason, { readonly reason: Code }>;

/** How each reason is put right: in the history, or in what is asked. A forgotten reason does not compile. */
export type Repairs<Codes extends DenialCode = DenialCode> = {
  readonly [Code in Codes]: (broken: Case, reason: ReasonFor<Code>) => Case;
};
