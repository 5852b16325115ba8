import { agreesWithTheReferenceModel } from './agreement';
import { afterTheEndOnlyWindingUp, emptyHistoryAllowsNothing } from './denying-by-default';
import { storedAndRead, storingKeepsDecisions } from './encoding';
import { answersChangeOnlyWhenHistorySaysSo, boundariesAreHalfOpen } from './half-open-time';
import { lateWithdrawalsCountFromTheirEffect, laterRecordsLeaveEarlierKnowledgeAlone } from './knowledge';
import type { Law } from './law';
import { fewerInstructionsAllowNoMore, restrictionsNeverWiden } from './monotony';
import { independentEventsCommute, repeatedEventsChangeNothing } from './order';
import { citedReasonsCarryTheVerdict, reasonsCanBePutRight } from './reasons';
import { everyAllowRestsOnAnInstruction } from './soundness';
import { noSubProcessorBeforeItsTime } from './sub-processors';

/** Every law that holds for whatever decides, in the order of the catalogue. */
export const decisionLaws: readonly Law[] = [
  emptyHistoryAllowsNothing,
  everyAllowRestsOnAnInstruction,
  fewerInstructionsAllowNoMore,
  restrictionsNeverWiden,
  boundariesAreHalfOpen,
  answersChangeOnlyWhenHistorySaysSo,
  independentEventsCommute,
  repeatedEventsChangeNothing,
  laterRecordsLeaveEarlierKnowledgeAlone,
  lateWithdrawalsCountFromTheirEffect,
  agreesWithTheReferenceModel,
  afterTheEndOnlyWindingUp,
  noSubProcessorBeforeItsTime,
  citedReasonsCarryTheVerdict,
  reasonsCanBePutRight,
  storingKeepsDecisions(storedAndRead),
];

export { storedAndRead, storingKeepsDecisions } from './encoding';
export type { Law } from './law';
