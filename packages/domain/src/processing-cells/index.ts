export type { CellBasis, CustodyCell, ProcessingCell, ScopeCells } from './cells';
export { cellsOf } from './cells-of';
export { scopeAt, standingAt } from './scope-at';
export type { ContractStanding, DataSetAt, ScopeAt, SubProcessorAt } from './scope-at';
