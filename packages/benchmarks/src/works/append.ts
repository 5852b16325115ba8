import type { Work } from '../comparing/work';
import { appendComparison, openAppendingSides, type Callers } from './appending';

const one: Callers = { callers: 1, appendsEach: 400 };
const twenty: Callers = { callers: 20, appendsEach: 100 };
const fifty: Callers = { callers: 50, appendsEach: 60 };

export const appendByOne: Work = {
  name: 'append-1',
  about: 'One caller appends events one by one; the limit is one prepared insert per transaction.',
  prepare: async (workbench) => {
    const sides = await openAppendingSides(workbench);
    return { ...sides, comparisons: [appendComparison(sides, one, { atLeast: 0.9 })] };
  },
};

export const appendByTwenty: Work = {
  name: 'append-20',
  about: 'Twenty callers append to streams of their own; the limit is a group commit written by hand.',
  prepare: async (workbench) => {
    const sides = await openAppendingSides(workbench);
    return { ...sides, comparisons: [appendComparison(sides, twenty, { atLeast: 0.7 })] };
  },
};

export const appendByFifty: Work = {
  name: 'append-50',
  about: 'Fifty callers, as above; and against twenty callers of this library.',
  prepare: async (workbench) => {
    const sides = await openAppendingSides(workbench);
    const againstTwenty = {
      work: 'append-50: against 20 callers',
      unit: 'events/s',
      target: { atLeast: 1 },
      ours: sides.ours(fifty),
      limit: sides.ours(twenty),
    };
    return { ...sides, comparisons: [appendComparison(sides, fifty), againstTwenty] };
  },
};
