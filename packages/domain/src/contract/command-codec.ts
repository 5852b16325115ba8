import type { CommandCodecs } from '../command-codecs';
import type { ContractCommand } from './commands';
import { contractEventSchemas as events } from './event-codec';

/** What the data of each command to a contract looks like: like that of the event it asks for. */
export const contractCommandCodecs: CommandCodecs<ContractCommand> = {
  ConcludeContract: events.ContractConcluded.data,
  AmendContract: events.ContractAmended.data,
  SuspendContract: events.ContractSuspended.data,
  ResumeContract: events.ContractResumed.data,
  GiveTerminationNotice: events.TerminationNoticeGiven.data,
  WithdrawTerminationNotice: events.TerminationNoticeWithdrawn.data,
  TerminateContract: events.ContractTerminated.data,
  CloseContract: events.ContractClosed.data,
  ChooseEndOfService: events.EndOfServiceChosen.data,
  AuthoriseIssuer: events.IssuerAuthorised.data,
  RevokeIssuer: events.IssuerRevoked.data,
  AnnounceSubProcessor: events.SubProcessorAnnounced.data,
  AuthoriseSubProcessor: events.SubProcessorAuthorised.data,
  ObjectToSubProcessor: events.SubProcessorObjected.data,
  DismissSubProcessor: events.SubProcessorDismissed.data,
};
