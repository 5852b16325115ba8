export { fpProcessor } from './fp-processor';
export type { Allowed, AsTaskEither, Denied, FpProcessor } from './fp-processor';
export type { NotAccepted } from './task-either';
