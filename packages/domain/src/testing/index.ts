export { dayAfter, legalDateOf } from './calendar';
export {
  arbitraryContractCommand,
  arbitraryContractEvent,
  contractCommands,
  contractEvents,
} from './contract-messages';
export {
  arbitraryDataSetCommand,
  arbitraryDataSetEvent,
  dataSetCommands,
  dataSetEvents,
} from './data-set-messages';
export { decideFromHistory } from './decide-from-history';
export type { Decide } from './decide-from-history';
export { histories } from './histories';
export type { HistorySize } from './histories';
export { edited, followedBy, knownOf, lastRecordedAt } from './history';
export type { History, RecordedMandateEvent } from './history';
export { arbitraryIds, nth } from './ids';
export type { Ids } from './ids';
export { inquiries } from './inquiries';
export type { Inquiry, InquirySize, Question } from './inquiries';
export {
  besides,
  boundaryInstant,
  boundaryInstants,
  clockChanges,
  instantsNamedBy,
  shifted,
} from './instants';
export {
  arbitraryInstructionCommand,
  arbitraryInstructionEvent,
  instructionCommands,
  instructionEvents,
} from './instruction-messages';
export { paper, plainHistory, plainRequest } from './laws/plain-history';
export { decisionLaws, storedAndRead, storingKeepsDecisions } from './laws';
export type { Law } from './laws';
export type { ArbitraryData, ArbitraryMessages } from './messages';
export { plantedMistakes } from './planted-mistakes';
export type { PlantedMistake } from './planted-mistake';
export { decideNaively } from './reference-model';
export type { Moments, NaiveDecision } from './reference-model';
export {
  arbitraryCustodyOperation,
  arbitraryProcessingOperation,
  arbitraryProcessingRequest,
} from './requests';
export { runs } from './runs';
export { arbitraryValues, countries, nthDigest, storeNames } from './values';
export { arbitraryWords, someOf } from './words';
export type { MandateCommand } from './world';
