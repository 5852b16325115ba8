export type { ComparisonResult, PeerResult, Round } from './comparing/comparison';
export type { Work } from './comparing/work';
export { works } from './works';
