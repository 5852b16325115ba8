import fc from 'fast-check';
import type { ContractCommand, ContractEvent } from '../contract';
import { arbitraryIds as ids } from './ids';
import { anyOf, messagesOf, type ArbitraryData, type ArbitraryMessages } from './messages';
import { arbitraryValues as values, countries } from './values';
import { arbitraryWords as words, someOf } from './words';

const { contractId, issuerId, subProcessorId } = ids;
const { evidence, instant, legalDate } = values;

const eventData: ArbitraryData<ContractEvent> = {
  ContractConcluded: fc.record({
    contractId,
    controllerId: ids.controllerId,
    processorId: ids.processorId,
    startsAt: legalDate,
    terms: values.contractTerms,
    endOfService: words.endOfServiceChoice,
    issuers: fc.uniqueArray(issuerId, { maxLength: 3 }),
  }),
  ContractAmended: fc.record({ contractId, effectiveAt: instant, terms: values.contractTerms }),
  ContractSuspended: fc.record({ contractId, effectiveAt: instant, ground: words.suspensionGround }),
  ContractResumed: fc.record({ contractId, effectiveAt: instant }),
  TerminationNoticeGiven: fc.record({
    contractId,
    endsAt: legalDate,
    ground: words.terminationGround,
    notice: evidence,
  }),
  TerminationNoticeWithdrawn: fc.record({ contractId, withdrawal: evidence }),
  ContractTerminated: fc.record({ contractId, endedAt: legalDate, ground: words.terminationGround }),
  ContractClosed: fc.record({
    contractId,
    certificateId: ids.certificateId,
    certificateDigest: values.digest,
    status: words.certificateStatus,
  }),
  EndOfServiceChosen: fc.record({ contractId, choice: words.endOfServiceChoice, document: evidence }),
  IssuerAuthorised: fc.record({ contractId, issuerId, interval: values.interval, document: evidence }),
  IssuerRevoked: fc.record({ contractId, issuerId, effectiveAt: instant }),
  SubProcessorAnnounced: fc.record({
    contractId,
    subProcessorId,
    countries: someOf(countries),
    objectionUntil: legalDate,
  }),
  SubProcessorAuthorised: fc.record({
    contractId,
    subProcessorId,
    countries: someOf(countries),
    effectiveAt: instant,
    document: evidence,
  }),
  SubProcessorObjected: fc.record({ contractId, subProcessorId, objection: evidence }),
  SubProcessorDismissed: fc.record({ contractId, subProcessorId, effectiveAt: instant }),
};

const commandData: ArbitraryData<ContractCommand> = {
  ConcludeContract: eventData.ContractConcluded,
  AmendContract: eventData.ContractAmended,
  SuspendContract: eventData.ContractSuspended,
  ResumeContract: eventData.ContractResumed,
  GiveTerminationNotice: eventData.TerminationNoticeGiven,
  WithdrawTerminationNotice: eventData.TerminationNoticeWithdrawn,
  TerminateContract: eventData.ContractTerminated,
  CloseContract: eventData.ContractClosed,
  ChooseEndOfService: eventData.EndOfServiceChosen,
  AuthoriseIssuer: eventData.IssuerAuthorised,
  RevokeIssuer: eventData.IssuerRevoked,
  AnnounceSubProcessor: eventData.SubProcessorAnnounced,
  AuthoriseSubProcessor: eventData.SubProcessorAuthorised,
  ObjectToSubProcessor: eventData.SubProcessorObjected,
  DismissSubProcessor: eventData.SubProcessorDismissed,
};

/** Events of a contract, by type. Each has the right shape; together they are no history. */
export const contractEvents: ArbitraryMessages<ContractEvent> = messagesOf<ContractEvent>(eventData);

/** Commands to a contract, by type. */
export const contractCommands: ArbitraryMessages<ContractCommand> = messagesOf<ContractCommand>(commandData);

/** Any event of a contract. */
export const arbitraryContractEvent: fc.Arbitrary<ContractEvent> = anyOf<ContractEvent>(contractEvents);

/** Any command to a contract. */
export const arbitraryContractCommand: fc.Arbitrary<ContractCommand> =
  anyOf<ContractCommand>(contractCommands);
