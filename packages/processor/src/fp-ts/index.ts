export { fpProcessor } from './fp-processor';
export type {
  Allowed,
  AsTaskEither,
  Denied,
  Explained,
  FoundScope,
  FpProcessor,
  NoScope,
  NotExplained,
} from './fp-processor';
export type { NotAccepted } from './task-either';
