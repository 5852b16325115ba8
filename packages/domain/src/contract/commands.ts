import type * as Events from './events';

// A command says what its event will say: deciding adds nothing that the caller did not put in writing.

export interface ConcludeContract {
  readonly type: 'ConcludeContract';
  readonly data: Events.ContractConcluded['data'];
}
export interface AmendContract {
  readonly type: 'AmendContract';
  readonly data: Events.ContractAmended['data'];
}
export interface SuspendContract {
  readonly type: 'SuspendContract';
  readonly data: Events.ContractSuspended['data'];
}
export interface ResumeContract {
  readonly type: 'ResumeContract';
  readonly data: Events.ContractResumed['data'];
}
export interface GiveTerminationNotice {
  readonly type: 'GiveTerminationNotice';
  readonly data: Events.TerminationNoticeGiven['data'];
}
export interface WithdrawTerminationNotice {
  readonly type: 'WithdrawTerminationNotice';
  readonly data: Events.TerminationNoticeWithdrawn['data'];
}
export interface TerminateContract {
  readonly type: 'TerminateContract';
  readonly data: Events.ContractTerminated['data'];
}
export interface CloseContract {
  readonly type: 'CloseContract';
  readonly data: Events.ContractClosed['data'];
}
export interface ChooseEndOfService {
  readonly type: 'ChooseEndOfService';
  readonly data: Events.EndOfServiceChosen['data'];
}
export interface AuthoriseIssuer {
  readonly type: 'AuthoriseIssuer';
  readonly data: Events.IssuerAuthorised['data'];
}
export interface RevokeIssuer {
  readonly type: 'RevokeIssuer';
  readonly data: Events.IssuerRevoked['data'];
}
export interface AnnounceSubProcessor {
  readonly type: 'AnnounceSubProcessor';
  readonly data: Events.SubProcessorAnnounced['data'];
}
export interface AuthoriseSubProcessor {
  readonly type: 'AuthoriseSubProcessor';
  readonly data: Events.SubProcessorAuthorised['data'];
}
export interface ObjectToSubProcessor {
  readonly type: 'ObjectToSubProcessor';
  readonly data: Events.SubProcessorObjected['data'];
}
export interface DismissSubProcessor {
  readonly type: 'DismissSubProcessor';
  readonly data: Events.SubProcessorDismissed['data'];
}

export type ContractCommand =
  | ConcludeContract
  | AmendContract
  | SuspendContract
  | ResumeContract
  | GiveTerminationNotice
  | WithdrawTerminationNotice
  | TerminateContract
  | CloseContract
  | ChooseEndOfService
  | AuthoriseIssuer
  | RevokeIssuer
  | AnnounceSubProcessor
  | AuthoriseSubProcessor
  | ObjectToSubProcessor
  | DismissSubProcessor;
