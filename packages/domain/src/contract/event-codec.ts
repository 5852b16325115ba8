import {
  eventCodec,
  instantCodec,
  recordCodec,
  type EventCodec,
  type EventSchemas,
} from '@mandate/event-sourcing';
import * as t from 'io-ts';
import {
  certificateId,
  certificateStatus,
  contractId,
  controllerId,
  country,
  digest,
  endOfServiceChoice,
  evidence,
  interval,
  issuerId,
  legalDate,
  nonEmpty,
  processorId,
  subProcessorId,
  suspensionGround,
  terminationGround,
} from '../vocabulary';
import type * as Events from './events';
import type { ContractEvent } from './events';
import { contractTerms } from './terms';

/** How contract events are kept; a forgotten event or field does not compile. */
export const contractEventSchemas: EventSchemas<ContractEvent> = {
  ContractConcluded: {
    data: recordCodec<Events.ContractConcluded['data']>('ContractConcluded', {
      contractId,
      controllerId,
      processorId,
      startsAt: legalDate,
      terms: contractTerms,
      endOfService: endOfServiceChoice,
      issuers: t.readonlyArray(issuerId),
    }),
  },
  ContractAmended: {
    data: recordCodec<Events.ContractAmended['data']>('ContractAmended', {
      contractId,
      effectiveAt: instantCodec,
      terms: contractTerms,
    }),
  },
  ContractSuspended: {
    data: recordCodec<Events.ContractSuspended['data']>('ContractSuspended', {
      contractId,
      effectiveAt: instantCodec,
      ground: suspensionGround,
    }),
  },
  ContractResumed: {
    data: recordCodec<Events.ContractResumed['data']>('ContractResumed', {
      contractId,
      effectiveAt: instantCodec,
    }),
  },
  TerminationNoticeGiven: {
    data: recordCodec<Events.TerminationNoticeGiven['data']>('TerminationNoticeGiven', {
      contractId,
      endsAt: legalDate,
      ground: terminationGround,
      notice: evidence,
    }),
  },
  TerminationNoticeWithdrawn: {
    data: recordCodec<Events.TerminationNoticeWithdrawn['data']>('TerminationNoticeWithdrawn', {
      contractId,
      withdrawal: evidence,
    }),
  },
  ContractTerminated: {
    data: recordCodec<Events.ContractTerminated['data']>('ContractTerminated', {
      contractId,
      endedAt: legalDate,
      ground: terminationGround,
    }),
  },
  ContractClosed: {
    data: recordCodec<Events.ContractClosed['data']>('ContractClosed', {
      contractId,
      certificateId,
      certificateDigest: digest,
      status: certificateStatus,
    }),
  },
  EndOfServiceChosen: {
    data: recordCodec<Events.EndOfServiceChosen['data']>('EndOfServiceChosen', {
      contractId,
      choice: endOfServiceChoice,
      document: evidence,
    }),
  },
  IssuerAuthorised: {
    data: recordCodec<Events.IssuerAuthorised['data']>('IssuerAuthorised', {
      contractId,
      issuerId,
      interval,
      document: evidence,
    }),
  },
  IssuerRevoked: {
    data: recordCodec<Events.IssuerRevoked['data']>('IssuerRevoked', {
      contractId,
      issuerId,
      effectiveAt: instantCodec,
    }),
  },
  SubProcessorAnnounced: {
    data: recordCodec<Events.SubProcessorAnnounced['data']>('SubProcessorAnnounced', {
      contractId,
      subProcessorId,
      countries: nonEmpty(country),
      objectionUntil: legalDate,
    }),
  },
  SubProcessorAuthorised: {
    data: recordCodec<Events.SubProcessorAuthorised['data']>('SubProcessorAuthorised', {
      contractId,
      subProcessorId,
      countries: nonEmpty(country),
      effectiveAt: instantCodec,
      document: evidence,
    }),
  },
  SubProcessorObjected: {
    data: recordCodec<Events.SubProcessorObjected['data']>('SubProcessorObjected', {
      contractId,
      subProcessorId,
      objection: evidence,
    }),
  },
  SubProcessorDismissed: {
    data: recordCodec<Events.SubProcessorDismissed['data']>('SubProcessorDismissed', {
      contractId,
      subProcessorId,
      effectiveAt: instantCodec,
    }),
  },
};

export const contractEventCodec: EventCodec<ContractEvent> = eventCodec<ContractEvent>(contractEventSchemas);
