import { sqlStateOf, troubleOf, type PostgresTrouble } from '../postgres-trouble';

/** Why an order was not carried out. All of them are tried again; those of the second row need a person first. */
export type PostgresErasureFailure =
  | 'key-of-another-order'
  | 'rows-left'
  | 'rows-still-referenced'
  | 'store-unreachable'
  | 'tables-busy'
  | 'not-permitted'
  | 'tables-not-as-expected';

const byState: readonly (readonly [states: RegExp, failure: PostgresErasureFailure])[] = [
  [/^23(?:001|503)$/, 'rows-still-referenced'],
  // No such table or column, not a table, or columns that take no UUID.
  [/^(?:42(?!501)|3F000|22P02|0A000)/, 'tables-not-as-expected'],
];

const byTrouble: Readonly<Record<PostgresTrouble['kind'], PostgresErasureFailure | undefined>> = {
  unreachable: 'store-unreachable',
  busy: 'tables-busy',
  forbidden: 'not-permitted',
  damaged: undefined,
  unfit: undefined,
};

/** The code of a failure; undefined for what is a fault, and goes on as an error. */
export const failureOf = (error: unknown): PostgresErasureFailure | undefined => {
  const state = sqlStateOf(error) ?? '';
  const known = byState.find(([states]) => states.test(state));
  if (known !== undefined) return known[1];
  const trouble = troubleOf(error);
  return trouble && byTrouble[trouble.kind];
};
