export { decideNow } from './decide-now';
