export { compareWithLedger } from './compare-with-ledger';
export { createErasureLedger } from './erasure-ledger';
export type { ErasureLedger, RecordedErasures } from './erasure-ledger';
export type { RecordedErasure } from './erasure-events';
export { ErasuresMissingError, isErasuresMissingError } from './erasures-missing-error';
export type { MissingErasures } from './erasures-missing-error';
export { finishErasures, reapplicationsAfter, reapplyErasures, refuseRestored } from './reapply-erasures';
