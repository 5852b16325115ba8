export { boundariesOf } from './boundaries';
export { evolveScope } from './evolve';
export { isWithinAny } from './intervals';
export { documentAt, scopeEnd, termsAt } from './scope';
export type {
  ContractScope,
  DataSetScope,
  InstructionScope,
  NumberedVersion,
  SubProcessorScope,
  SubProcessorUse,
} from './scope';
