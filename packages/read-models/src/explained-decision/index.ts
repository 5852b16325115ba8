export { explain } from './explain';
export type { ContractBehind, EventBehind, ExplainedDecision, ExplainedDenial } from './explained-decision';
export { textOfExplanation } from './explanation-text';
