import type { Instant } from '@mandate/event-sourcing';
import {
  contract,
  type ContractCommand,
  type ContractEvent,
  type ContractRejection,
  type ContractTerms,
} from '../../contract';
import type {
  CertificateId,
  EndOfServiceChoice,
  Interval,
  IssuerId,
  LegalDate,
  SubProcessorId,
} from '../../vocabulary';
import { nth } from '../ids';
import { nthDigest } from '../values';
import { contractId, issuerId, noticedEnd, paper, poland, startsAt, terms, today } from './papers';
import { afterStory, type Sequel, type Story, type Told } from './told';

export type ToldOfContract = Told<ContractCommand, ContractEvent>;
export type ContractStory = Story<ContractCommand, ContractEvent>;

const told = (commandType: ContractCommand['type'], event: ContractEvent): ToldOfContract => ({
  // A command to a contract says what its event will say.
  command: { type: commandType, data: event.data } as ContractCommand,
  event,
});

export const conclusion = (endOfService: EndOfServiceChoice = 'delete'): ToldOfContract =>
  told('ConcludeContract', {
    type: 'ContractConcluded',
    data: {
      contractId,
      controllerId: nth.controllerId(1),
      processorId: nth.processorId(1),
      startsAt,
      terms: terms(),
      endOfService,
      issuers: [issuerId],
    },
  });

export const amendment = (effectiveAt: Instant, change: Partial<ContractTerms> = {}): ToldOfContract =>
  told('AmendContract', {
    type: 'ContractAmended',
    data: { contractId, effectiveAt, terms: terms(change) },
  });

export const suspension = (effectiveAt: Instant): ToldOfContract =>
  told('SuspendContract', {
    type: 'ContractSuspended',
    data: { contractId, effectiveAt, ground: 'agreement' },
  });

export const resumption = (effectiveAt: Instant): ToldOfContract =>
  told('ResumeContract', { type: 'ContractResumed', data: { contractId, effectiveAt } });

export const notice = (endsAt: LegalDate = noticedEnd): ToldOfContract =>
  told('GiveTerminationNotice', {
    type: 'TerminationNoticeGiven',
    data: { contractId, endsAt, ground: 'notice-by-controller', notice: paper() },
  });

export const noticeWithdrawal: ToldOfContract = told('WithdrawTerminationNotice', {
  type: 'TerminationNoticeWithdrawn',
  data: { contractId, withdrawal: paper() },
});

export const termination = (endedAt: LegalDate = noticedEnd): ToldOfContract =>
  told('TerminateContract', {
    type: 'ContractTerminated',
    data: { contractId, endedAt, ground: 'notice-by-controller' },
  });

export const closing = (certificateId: CertificateId = nth.certificateId(1)): ToldOfContract =>
  told('CloseContract', {
    type: 'ContractClosed',
    data: { contractId, certificateId, certificateDigest: nthDigest(7), status: 'complete' },
  });

export const choice = (chosen: EndOfServiceChoice): ToldOfContract =>
  told('ChooseEndOfService', {
    type: 'EndOfServiceChosen',
    data: { contractId, choice: chosen, document: paper() },
  });

export const authorisation = (named: IssuerId, interval: Interval): ToldOfContract =>
  told('AuthoriseIssuer', {
    type: 'IssuerAuthorised',
    data: { contractId, issuerId: named, interval, document: paper() },
  });

export const revocation = (named: IssuerId, effectiveAt: Instant): ToldOfContract =>
  told('RevokeIssuer', { type: 'IssuerRevoked', data: { contractId, issuerId: named, effectiveAt } });

export const subProcessorId: SubProcessorId = nth.subProcessorId(1);

export const announcement = (objectionUntil: LegalDate): ToldOfContract =>
  told('AnnounceSubProcessor', {
    type: 'SubProcessorAnnounced',
    data: { contractId, subProcessorId, countries: [poland], objectionUntil },
  });

export const writtenAgreement = (effectiveAt: Instant): ToldOfContract =>
  told('AuthoriseSubProcessor', {
    type: 'SubProcessorAuthorised',
    data: { contractId, subProcessorId, countries: [poland], effectiveAt, document: paper() },
  });

export const objection = (receivedAt: Instant): ToldOfContract =>
  told('ObjectToSubProcessor', {
    type: 'SubProcessorObjected',
    data: { contractId, subProcessorId, objection: paper(receivedAt) },
  });

export const dismissal = (effectiveAt: Instant): ToldOfContract =>
  told('DismissSubProcessor', {
    type: 'SubProcessorDismissed',
    data: { contractId, subProcessorId, effectiveAt },
  });

export const concluded: ContractStory = [conclusion()];
export const noticed: ContractStory = [conclusion(), notice()];
export const terminated: ContractStory = [conclusion(), termination()];
export const closed: ContractStory = [conclusion(), termination(), closing()];

const after = afterStory(contract);

/** Goes on with the story of the contract. */
export const contractAfter = (
  story: ContractStory,
  now: Instant = today,
): Sequel<ContractCommand, ContractEvent, ContractRejection> => after(story, { now });
