import { frozen } from './frozen';
import type { Denial } from './compiled-scope';

/** The history of the contract could not be read to its end. */
export const notCurrent: Denial = frozen({ decision: 'deny', reasons: [{ reason: 'scope-not-current' }] });

/** Nobody concluded the contract, or nobody had when it was known. */
export const unknownContract: Denial = frozen({
  decision: 'deny',
  reasons: [{ reason: 'contract-unknown' }],
});
