import type { DecisionResult } from '@mandate/processor';

export type Allowed = Extract<DecisionResult, { decision: 'allow' }>;
/** A clause of an instruction, as a permission names it. */
export type Clause = Extract<Allowed['bases'][number], { kind: 'instruction' }>;

const isClause = (basis: Allowed['bases'][number]): basis is Clause => basis.kind === 'instruction';

/** The clause that covers what the send was about: its content before the address it went to. */
export const clauseOf = ({ bases }: Allowed): Clause | undefined => {
  const clauses = bases.filter(isClause);
  return clauses.find(({ category }) => category !== 'recipient-contact') ?? clauses[0];
};
