import type { Work } from '../comparing/work';
import { appendByFifty, appendByOne, appendByTwenty } from './append';
import { appendGrows } from './append-grows';
import { checkLog } from './check-log';
import { decideAsOf } from './decide-as-of';
import { decideNow } from './decide-now';
import { encrypt200b } from './encrypt-200b';
import { esdbAppendByOne, esdbAppendByTwenty } from './esdb-append';
import { esdbCatchUp } from './esdb-catch-up';
import { indexUpdate } from './index-update';
import { permitRecheck } from './permit-recheck';
import { replay } from './replay';
import { roundTrip } from './round-trip';

/** Every work, in the order in which they run: those that make a long log longer come last. */
export const works: readonly Work[] = [
  appendByOne,
  appendByTwenty,
  appendByFifty,
  replay,
  roundTrip,
  decideNow,
  decideAsOf,
  permitRecheck,
  indexUpdate,
  checkLog,
  encrypt200b,
  esdbAppendByOne,
  esdbAppendByTwenty,
  esdbCatchUp,
  appendGrows,
];
